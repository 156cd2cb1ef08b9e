import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVIDENCE, type EvidenceId, GRADES, type Grade, gradeOf, weightOf } from './evidence.ts';
import { bornOn, type Identities, identitiesOf } from './identity.ts';
import {
  ACTS,
  type Act,
  type Candidate,
  evidenceOf,
  isJudged,
  type Known,
  keysOf,
  MOST_ON_A_KEY,
  obstacle,
  pairsOn,
  SURVIVOR_RULES,
  survivorOf,
} from './model.ts';

/** Numbers of the area 99, which no place has. */
const ID = '990001199003074512';
const ANOTHER = '990001198511230214';
const SLIP = '990001199003074521';
const nobody: Known = { names: [], idNumbers: [], phones: [], addresses: [] };
const known = (over: Partial<Known>): Known => ({ ...nobody, ...over });

test.each<[a: string, b: string, say: Identities]>([
  [ID, ID, 'same'],
  ['990001900307451', '990001199003074512', 'same'],
  [ID.toLowerCase(), ` ${ID}`, 'same'],
  [ID, SLIP, 'slip'],
  [ID, ANOTHER, 'differ'],
  [ID, 'E12345678', 'unknown'],
  ['E12345678', 'e 12345678', 'same'],
])('the numbers %s and %s: %s', (a, b, say) => {
  expect(identitiesOf(a, b)).toBe(say);
  expect(identitiesOf(b, a)).toBe(say);
});

test('a day of birth comes from a citizen’s number with a day that there is', () => {
  expect(bornOn(ID)).toBe('19900307');
  expect(bornOn('990001900307451')).toBe('19900307');
  expect(bornOn('990001199002304514')).toBeUndefined();
  expect(bornOn('E12345678')).toBeUndefined();
});

describe('the table of evidence', () => {
  const person = known({ names: ['王小明'], idNumbers: [ID], phones: ['p'], addresses: ['a'] });
  const bare = known({ names: ['王小明'], phones: ['p'], addresses: ['a'] });
  test.each<[what: string, a: Known, b: Known, says: EvidenceId[], grade: Grade | null]>([
    ['one ID number and one name', known({ names: ['王小明'], idNumbers: [ID] }), person, ['same-id-number', 'same-name'], 'certain'],
    ['one ID number alone', known({ idNumbers: [ID] }), person, ['same-id-number'], 'certain'],
    ['one ID number, another name: a person looks', known({ names: ['李红'], idNumbers: [ID] }), person, ['same-id-number', 'other-name'], 'likely'],
    ['an ID number with a slip', known({ names: ['王小明'], idNumbers: [SLIP] }), person, ['id-number-slip', 'same-name', 'same-birth'], 'likely'],
    ['two ID numbers, all else the same', known({ ...person, idNumbers: [ANOTHER] }), person, ['other-id-number', 'same-phone', 'same-name', 'same-address'], null],
    ['phone, name and address', bare, bare, ['same-phone', 'same-name', 'same-address'], 'likely'],
    ['phone and name', known({ names: ['王小明'], phones: ['p'] }), bare, ['same-phone', 'same-name'], 'likely'],
    ['phone and a name in another script', known({ names: ['張偉'], phones: ['p'] }), known({ names: ['张伟'], phones: ['p'] }), ['same-phone', 'name-in-other-script'], 'likely'],
    ['phone and an alike name', known({ names: ['王晓明'], phones: ['p'] }), bare, ['same-phone', 'name-one-sign'], 'possible'],
    ['phone and a name turned', known({ names: ['小明王'], phones: ['p'] }), bare, ['same-phone', 'name-turned'], 'possible'],
    ['name and address', known({ names: ['王小明'], addresses: ['a'] }), bare, ['same-name', 'same-address'], 'likely'],
    ['a couple: one phone, one address, two names', known({ names: ['李红'], phones: ['p'], addresses: ['a'] }), bare, ['same-phone', 'other-name', 'same-address'], null],
    ['one name alone', known({ names: ['王小明'] }), bare, ['same-name'], null],
    ['one phone alone', known({ phones: ['p'] }), bare, ['same-phone'], null],
    ['nothing in common', known({ names: ['李红'], idNumbers: [ANOTHER] }), person, ['other-id-number', 'other-name'], null],
    ['nothing known', nobody, person, [], null],
  ])('%s', (_, a, b, says, grade) => {
    expect(evidenceOf(a, b)).toEqual(says);
    expect(evidenceOf(b, a)).toEqual(says);
    expect(gradeOf(weightOf(says))).toBe(grade);
  }); // biome-ignore format: a table

  test('of several values of one kind the best pair speaks', () => {
    const two = known({ names: ['李红', '王小明'], idNumbers: [ANOTHER, ID], phones: ['x', 'p'] });
    expect(evidenceOf(two, person)).toEqual(['same-id-number', 'same-phone', 'same-name']);
  });
  test('has every row named once, with words in both languages, and grades from the heaviest down', () => {
    expect(new Set(EVIDENCE.map((e) => e.id)).size).toBe(EVIDENCE.length);
    for (const { names, meaning, weight } of EVIDENCE) {
      expect([names.zh, names.en, meaning.zh, meaning.en].every((t) => t.length > 1)).toBe(true);
      expect(weight % 5).toBeCloseTo(0);
    }
    expect(GRADES.map((g) => g.from)).toEqual(GRADES.map((g) => g.from).toSorted((a, b) => b - a));
  });
});

describe('who is compared', () => {
  const value = (letters: string) => fc.array(fc.constantFrom(...letters.split(' ')), { maxLength: 2 });
  const anybody: fc.Arbitrary<Known> = fc.record({
    names: value('王小明 王晓明 王明 明小王 李红 張偉 张伟'),
    idNumbers: value(`${ID} ${SLIP} ${ANOTHER} E1`),
    phones: value('p q'),
    addresses: value('a b'),
  });
  test('everybody who would be proposed has a key in common', () => {
    const texts = (k: Known) => new Set(keysOf(k).map(({ kind, text }) => `${kind} ${text}`));
    fc.assert(
      fc.property(anybody, anybody, (a, b) => {
        if (gradeOf(weightOf(evidenceOf(a, b))) === null) return;
        const mine = texts(a);
        expect([...texts(b)].some((t) => mine.has(t))).toBe(true);
      }),
    );
  });
  test('each pair of a key once, if one of the two is new', () => {
    expect(pairsOn(['c', 'a', 'b', 'a'], (m) => m === 'b')).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
  });
  test('nobody, where too many have it', () => {
    const crowd = Array.from({ length: MOST_ON_A_KEY + 1 }, (_, i) => String(i).padStart(3, '0'));
    expect(pairsOn(crowd, () => true)).toEqual([]);
    expect(pairsOn(crowd.slice(1), () => true)).toHaveLength((MOST_ON_A_KEY * (MOST_ON_A_KEY - 1)) / 2);
  });
});

test.each<[now: EvidenceId[], judged: EvidenceId[], is: boolean]>([
  [['same-phone', 'same-name'], ['same-phone', 'same-name'], true],
  [['same-phone', 'name-one-sign'], ['same-phone', 'same-name', 'name-one-sign'], true],
  [['same-phone', 'same-name', 'other-id-number'], ['same-phone', 'same-name'], true],
  [['same-phone', 'same-name', 'same-address'], ['same-phone', 'same-name'], false],
  [['same-phone', 'same-name'], ['same-phone', 'same-name', 'other-id-number'], false],
  [['same-id-number'], ['same-phone', 'same-name'], false],
])('%s, judged on %s: judged already is %s', (now, judged, is) => expect(isJudged(now, judged)).toBe(is));

describe('who stays', () => {
  const one: Candidate = { id: 'a', since: 5, services: 1, oldestService: 100, hasIdNumber: true };
  test.each<[rule: string, other: Partial<Candidate>]>([
    ['oldest-service', { oldestService: 200, services: 9, since: 1 }],
    ['oldest-service', { oldestService: null }],
    ['id-number', { hasIdNumber: false, services: 9 }],
    ['more-services', { services: 0, since: 1 }],
    ['known-longer', { since: 6 }],
    ['first-id', {}],
  ])('%s', (rule, other) => {
    const two = { ...one, id: 'b', ...other };
    expect(survivorOf(one, two)).toEqual({ survivor: 'a', because: rule });
    expect(survivorOf(two, one)).toEqual({ survivor: 'a', because: rule });
  });
  test('every rule of the table was seen above', () => {
    expect(SURVIVOR_RULES.map((r) => r.id)).toEqual(['oldest-service', 'id-number', 'more-services', 'known-longer', 'first-id']);
  });
});

test('every act moves as the table says, or is refused with the state it meets', () => {
  for (const act of Object.keys(ACTS) as Act[])
    for (const state of ['open', 'merged', 'different'] as const)
      expect(obstacle(act, state)).toBe(ACTS[act].from === state ? null : `duplicate.${state === 'open' ? 'undecided' : state}`);
});
