import { expect, test } from 'vitest';
import { fromDefinition, toDefinition } from './definition.ts';
import { type Draft, isChanged, keepDraft, loadDraft, saysOther } from './kept.ts';
import { add, aLine, duplicate, turnOff } from './tree.ts';

const where = { and: [{ tag: 'own', is: true }, { or: [{ audience: 'n7' }, { tag: 'plan', oneOf: ['199'] }] }] };
const root = fromDefinition(where);
const draft: Draft = { root: turnOff(root, root.of[0]!.id), version: 3, at: 1 };

const aStore = (text?: string) => {
  const kept = new Map<string, string>(text === undefined ? [] : [['glasshouse.audience.lan.new', text]]);
  return () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
};

test('a draft comes back with its lines that are off, for its own person and audience alone', () => {
  const store = aStore();
  keepDraft(store, 'lan', 'new', draft);
  const back = loadDraft(store, 'lan', 'new')!;
  expect(back).toMatchObject({ version: 3, at: 1, root: { of: [{ off: true }, { of: [{ what: { id: 'n7' } }, {}] }] } });
  expect(toDefinition(back.root).where).toEqual(toDefinition(draft.root).where);
  expect(loadDraft(store, 'mo', 'new')).toBeNull();
  expect(loadDraft(store, 'lan', 'a1')).toBeNull();
  keepDraft(store, 'lan', 'new', null);
  expect(loadDraft(store, 'lan', 'new')).toBeNull();
});

test.each([
  'no json',
  '7',
  'null',
  '{"root":{"is":"line","what":{"on":"raw"}},"version":1,"at":1}',
  '{"root":{"is":"group","op":"xor","of":[]},"version":1,"at":1}',
  '{"root":{"is":"group","op":"and","of":[{"is":"line","what":{"on":"tag","tag":"x","ask":{"how":"oneOf"}}}]},"version":1,"at":1}',
])('what is not a draft is none: %s', (text) => {
  expect(loadDraft(aStore(text), 'lan', 'new')).toBeNull();
});

test('a browser that refuses to keep anything stops nobody', () => {
  const closed = () => {
    throw new Error('not here');
  };
  expect(keepDraft(closed, 'lan', 'new', draft)).toBe(false);
  expect(loadDraft(closed, 'lan', 'new')).toBeNull();
});

test('a copy of a line is a change, and so is a line that is off; other ids are none', () => {
  expect(isChanged(fromDefinition(where), where)).toBe(false);
  expect(isChanged(turnOff(root, root.of[0]!.id), where)).toBe(true);
  expect(isChanged(duplicate(root, root.of[0]!.id), where)).toBe(true);
});

test('a line that is off or empty makes another tree, and the same definition', () => {
  const more = add(root, root.id, aLine({ on: 'tag', tag: '', ask: null }));
  expect([isChanged(more, where), saysOther(more, where)]).toEqual([true, false]);
  expect(saysOther(duplicate(root, root.of[0]!.id), where)).toBe(true);
});
