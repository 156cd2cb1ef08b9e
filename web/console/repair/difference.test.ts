import { expect, test } from 'vitest';
import { differences } from './difference.ts';

test('differing fields come first, ours and seq are no difference', () => {
  const kept = {
    ref: 'e1',
    receivedAt: 'x',
    marks: [],
    type: 'work.taken',
    time: '2026-11-21T10:00:00+08:00',
    seq: 1,
    keys: { order: ['SO-1'] },
    handler: '0417',
  };
  const other = { type: 'work.taken', time: '2026-11-21T02:00:00Z', keys: { order: ['SO-1', 'SO-2'] }, data: { reason: 'r' } };
  const lines = differences(kept, other);
  expect(lines.filter((l) => l.differs).map((l) => l.path)).toEqual(['keys.order', 'handler', 'data.reason']);
  expect(lines.find((l) => l.path === 'keys.order')).toEqual({ path: 'keys.order', kept: 'SO-1', other: 'SO-1, SO-2', differs: true });
  expect(lines.map((l) => l.path)).not.toContain('ref');
});
