import { spawnSync } from 'node:child_process';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, expect, test, vi } from 'vitest';
import { BadCommand, exitCodeOf } from './command.ts';
import { aFile, dataset } from './edge/files/fixtures.ts';
import { runModel } from './model.ts';

afterEach(() => vi.restoreAllMocks());

/** What the command prints: its last line on stdout, and all that it says to people. */
async function judged(file: string, map: string, label = 'Churn') {
  vi.restoreAllMocks();
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await runModel(['evaluate', file, '--map', aFile('map.yaml', map), '--label', label])).toBe(0);
  const figures = JSON.parse(String(out.mock.calls.at(-1)?.[0])) as { auc: number; ece: number; n: number };
  return { figures, said: said.mock.calls.map(([line]) => String(line)).join('\n') };
}

const refusal = async (file: string, map: string, label = 'Churn') => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const error = await runModel(['evaluate', file, '--map', aFile('map.yaml', map), '--label', label]).then(
    () => undefined,
    (e: Error) => e,
  );
  expect(exitCodeOf(error)).toBe(2);
  expect(error?.message).not.toContain('\n');
  return error?.message;
};

/** People of whom those who left paid more; a row's number tells nothing. */
function people(count: number, row: (at: number, left: boolean, fee: number) => string): string {
  return Array.from({ length: count }, (_, at) => {
    const left = at % 3 === 0;
    return row(at, left, (left ? 60 : 40) + ((at * 37) % 30));
  }).join('\n');
}

const csv = `id,fee,plan,Churn\n${people(300, (at, left, fee) => `C-${at},${at % 10 === 0 ? '' : fee},${at % 2 === 0 ? 'A' : '"B\nlong"'},${left ? 'Yes' : 'No'}`)}\n`;
const named = 'source: w\nkey: id\ntags: { fee: { column: fee, kind: number }, plan: { column: plan, kind: oneOf } }\nunknown: [""]';

test('the file of the contract is judged, and the last line is the figures', async () => {
  const { figures, said } = await judged(aFile('a.csv', csv), named);
  expect(Object.keys(figures)).toEqual(['auc', 'ece', 'n']);
  expect(figures.n).toBe(300);
  expect(figures.auc).toBeGreaterThan(0.7);
  expect(said).toContain('300 rows, 100 of them yes.');
  expect(said).toContain('fold 5 of 5');
});

test('the same file and map give the same figures, whatever the text is wrapped in', async () => {
  const { figures } = await judged(aFile('a.csv', csv), named);
  const gb = iconv.encode(csv.replaceAll(',', '|').replaceAll('\n', '\r\n').replaceAll('B\r\nlong', 'B\nlong'), 'gb18030');
  expect((await judged(aFile('b.txt', gb), named)).figures).toEqual(figures);
  const ndjson = people(300, (at, left, fee) =>
    JSON.stringify({ id: `C-${at}`, fee: at % 10 === 0 ? null : fee, plan: at % 2 === 0 ? 'A' : 'B\nlong', Churn: left }),
  );
  expect((await judged(aFile('c.ndjson', ndjson), named)).figures).toEqual(figures);
});

test('auto drafts the kinds and shows them; label, key and a row’s own number are no tags', async () => {
  const { figures, said } = await judged(aFile('a.csv', csv), 'source: w\ntags: auto');
  expect(said).toMatch(/^tags:\n {2}fee: \{ column: fee, kind: number \}\n {2}plan: \{ column: plan, kind: oneOf \}\n {2}# left out: "id"/);
  expect(figures).toEqual((await judged(aFile('a.csv', csv), named)).figures);
  expect((await judged(aFile('a.csv', csv), 'key: fee\ntags: auto')).said).not.toContain('column: fee');
});

test('the label is no feature where the map names it one', async () => {
  const map = named.replace('tags: {', 'tags: { gone: { column: Churn, kind: flag }, who: { column: id, kind: oneOf },');
  const { figures, said } = await judged(aFile('a.csv', csv), map);
  expect(said).toContain('tags.gone is left out');
  expect(said).toContain('tags.who is left out');
  expect(figures.auc).toBeLessThan(0.99);
});

test('the map of an import of customers serves as it is; what it knows beside tags is no tag', async () => {
  const map = 'source: w\nkey: id\narea: plan\nperson: { phone: fee }\nspeaksOf: 2026-11\ntags: auto';
  expect(await refusal(aFile('a.csv', csv), map)).toContain('no tag is left to learn from');
  const { said } = await judged(aFile('a.csv', csv), `area: plan\n${named}`);
  expect(said).toContain('over 2 tags');
});

test('rows without a label, broken rows and slips are counted, and cost nothing else', async () => {
  const spoiled = csv
    .replace('C-0,,A,Yes', 'C-0,,A,')
    .replace('C-1,', 'C-1,,')
    .replace('C-2,', 'C-2,many')
    .replace('C-4,', 'C-4, NA ,A,No\nC-4,');
  const { figures, said } = await judged(
    aFile('a.csv', spoiled.replace('C-4, NA ,A,No', 'C-4, NA ,A,?')),
    named.replace('[""]', '[NA, "?"]'),
  );
  expect(figures.n).toBe(298);
  expect(said).toContain('2 rows are left out: their label is unknown.');
  expect(said).toContain('1 rows are left out: they cannot be read.');
  expect(said).toMatch(/tags\.fee: 1 cells are no number and count as unknown, such as “many\d+” at line 5\./);
});

test.each([
  ['a label that is not there', named, 'Gone', 'has no column “Gone” (--label); it has: id, fee, plan, Churn.'],
  ['the same under auto', 'tags: auto', 'Gone', 'has no column “Gone” (--label)'],
  ['a key that is not there', 'key: number\ntags: auto', 'Churn', 'has no column “number” (key)'],
  ['a tag’s column that is not there', 'tags: { age: { column: Age, kind: number } }', 'Churn', 'has no column “Age” (tags.age.column)'],
  [
    'a tag of another kind',
    'tags: { plan: { column: plan, kind: number } }',
    'Churn',
    'tags.plan.kind is number, but 300 of its 300 known cells are none',
  ],
  ['a label that is no flag', named, 'fee', 'which is none of true/false, 1/0, yes/no, 是/否'],
  ['a bad map', 'tags: { fee: { column: fee, kind: money } }', 'Churn', 'tags.fee.kind must be one of flag, oneOf, number, date'],
  ['no tag beside the label', 'tags: { gone: { column: Churn, kind: flag } }', 'Churn', 'no tag is left to learn from'],
])('%s is one sentence and exit code 2', async (_, map, label, part) => {
  expect(await refusal(aFile('a.csv', csv), map, label)).toContain(part);
});

test.each([
  ['one class', people(50, (at) => `${at},x,A,No`), 'the label is no in all 50 rows'],
  ['too few of a class', people(50, (at) => `${at},x,A,${at < 4 ? 'Yes' : 'No'}`), 'the label is yes in 4 rows only'],
  ['too few rows', people(10, (at, left) => `${at},x,A,${left ? 1 : 0}`), 'only 10 rows have a known label'],
  ['no row', '', 'only 0 rows'],
])('%s is one sentence and exit code 2', async (_, rows, part) => {
  expect(await refusal(aFile('a.csv', `id,fee,plan,Churn\n${rows}\n`), 'tags: { plan: { column: plan, kind: oneOf } }')).toContain(part);
});

test('a file or map that is not there, and wrong use', async () => {
  expect(await refusal('/nowhere/a.csv', named)).toContain('there is no such file');
  await expect(runModel(['evaluate', 'a.csv', '--map', '/nowhere/m.yaml', '--label', 'x'])).rejects.toThrow(
    '/nowhere/m.yaml cannot be read',
  );
  for (const argv of [
    [],
    ['train'],
    ['evaluate'],
    ['evaluate', 'a.csv'],
    ['evaluate', 'a.csv', '--map', 'm'],
    ['evaluate', 'a', 'b', '--map', 'm', '--label', 'x'],
  ])
    await expect(runModel(argv)).rejects.toThrow(BadCommand);
});

test('the command line: exit code, stdout and stderr', () => {
  const glasshouse = path.resolve(import.meta.dirname, '../glasshouse');
  const run = (...argv: string[]) => spawnSync(glasshouse, ['model', ...argv], { encoding: 'utf8' });
  const good = run('evaluate', aFile('a.csv', csv), '--map', aFile('m.yaml', named), '--label', 'Churn');
  expect(good.status).toBe(0);
  expect(good.stdout).toMatch(/^\{"auc":0\.\d+,"ece":0\.\d+,"n":300\}\n$/);
  const bad = run('evaluate', aFile('a.csv', csv), '--map', aFile('m.yaml', named), '--label', 'none');
  expect([bad.status, bad.stdout]).toEqual([2, '']);
  expect(bad.stderr).toMatch(/^glasshouse: .* has no column “none” \(--label\); it has: id, fee, plan, Churn\.\n$/);
  expect(run('--help').stdout).toContain('Usage: glasshouse model evaluate');
});

const telco = dataset('telco-churn.csv');
test.skipIf(telco === undefined)('real customers: telco-churn.csv, its blanks unknown', async () => {
  const { figures } = await judged(telco as string, 'source: telco\nkey: customerID\ntags: auto\nunknown: [""]');
  expect(figures.n).toBe(7043);
  expect(figures.auc).toBeGreaterThan(0.843);
  expect(figures.ece).toBeLessThan(0.02);
});
