import { expect, test } from 'vitest';
import { likeliest, oldestLoad } from './tags.ts';

const aTag = (name: string, zh: string) => ({ name, names: { zh, en: name } });
const tags = [aTag('everyone', '全体客户'), aTag('known.own', '已知'), aTag('owner', '户主'), aTag('own', '本网客户')];

test('the name itself stands first, then what begins so, and who counts at all is not offered', () => {
  expect(likeliest(tags, 'Own').map(({ name }) => name)).toEqual(['own', 'owner', 'known.own']);
  expect(likeliest(tags, '本网')[0]?.name).toBe('own');
  expect(likeliest(tags, '').map(({ name }) => name)).toEqual(['known.own', 'owner', 'own']);
});

test('the oldest load is the time of the figures; tags that never were loaded say nothing', () => {
  const at = (loadedAt: string | null) => ({ loadedAt });
  expect(oldestLoad([at(null), at('2026-11-21T02:00:00Z'), at('2026-11-20T02:00:00Z')])).toBe('2026-11-20T02:00:00Z');
  expect(oldestLoad([at(null)])).toBeNull();
});
