import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureChromium } from './chromium.ts';
import { ensureNats } from './nats.ts';

/** `npm test`: every check and every test, cheapest first; all are run even when one fails. With arguments: those unit tests alone. */

const REPO = path.resolve(import.meta.dirname, '..');
const DEBIAN_15 = '/usr/lib/postgresql/15/bin/postgres';
const totals = { passed: 0, failed: 0 };
/** What failed, by name: the end of a long output says it again. */
const failures: string[] = [];

const module = (name: string) => path.join(REPO, 'node_modules', name);

/** Runs a program of node_modules with this Node; what it prints is shown and answered. */
function run(script: string, args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [module(script), ...args], {
      cwd: REPO,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        to.write(text);
      });
    }
    child.on('error', (e) => done({ code: 1, said: e.message }));
    child.on('close', (code) => done({ code: code ?? 1, said })); // 'exit' may come before its last words
  });
}

function fail(what: string): void {
  totals.failed++;
  failures.push(what);
}

function headline(what: string): void {
  console.log(`\n── ${what}`);
}

/** A check counts as one test. `files`: finds in the output how many files were read: a linter that read none has checked nothing. */
async function check(what: string, script: string, args: readonly string[], files?: RegExp): Promise<void> {
  headline(what);
  const { code, said } = await run(script, args);
  const read = files === undefined ? 1 : Number(files.exec(said)?.[1] ?? 0);
  if (read === 0) console.error(`${what} read no file at all`);
  if (code === 0 && read > 0) totals.passed++;
  else fail(`${what}\n${said.slice(-1_000)}`);
}

/** What of vitest's own report is read here. */
interface Report {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

/** Runs vitest and counts its tests; a run that ends without a result counts as one failure. */
async function tests(what: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  headline(what);
  const report = path.join(os.tmpdir(), `glasshouse-tests-${process.pid}.json`);
  fs.rmSync(report, { force: true });
  const { code } = await run(
    'vitest/vitest.mjs',
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    env,
  );
  const result: Report = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : { numPassedTests: 0, testResults: [] };
  fs.rmSync(report, { force: true });
  totals.passed += result.numPassedTests;
  const before = totals.failed;
  for (const { name, status, message, assertionResults } of result.testResults) {
    const file = path.relative(REPO, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    for (const { fullName, failureMessages } of failed) fail(`${file} > ${fullName}\n${failureMessages.join('\n')}`);
    if (status === 'failed' && failed.length === 0) fail(`${file}\n${message}`);
  }
  if (code !== 0 && totals.failed === before) fail(what);
}

const chosen = process.argv.slice(2);
if (chosen.length > 0) {
  await tests('chosen tests', chosen);
} else {
  await check('types', 'tsc7/bin/tsc', ['-p', '.']);
  await check('form and lint (biome)', '@biomejs/biome/bin/biome', ['check', '.'], /Checked (\d+) files/);
  await check('lint (oxlint)', 'oxlint/bin/oxlint', ['server', 'web', 'demo', 'bench', 'test', 'scripts'], /on (\d+) files/);
  await check('unused files, exports and dependencies (knip)', 'knip/bin/knip.js', ['--no-progress']);
  ensureNats();
  if (fs.existsSync(DEBIAN_15)) await tests('tests, and those of SQL on PostgreSQL 15 too', [], { TEST_PG: '15,18' });
  else await tests('tests', []);
  try {
    headline('browser');
    const chromium = ensureChromium();
    console.log(chromium);
    await tests('browser tests', ['--config', 'vitest.e2e.config.ts'], { CHROMIUM: chromium });
  } catch (e) {
    fail((e as Error).message);
  }
}
for (const what of failures) console.error(`\nfailed: ${what.slice(0, 2_000)}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
