import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** What the built pages are made of: a newer file here means the build is old. */
const SOURCES = ['web', 'server/modules', 'vite.config.ts', 'package-lock.json'];

function newest(at: string): number {
  const stat = fs.statSync(at, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...fs.readdirSync(at).map((name) => newest(path.join(at, name))));
}

/**
 * Builds the web apps into `dist/web` when that is missing or older than their sources: made beside its place, moved there whole.
 * Answers what was done; `none`: there are no web apps to build. Throws with the builder's last words.
 */
export async function buildWeb(repo: string): Promise<'fresh' | 'built' | 'none'> {
  const out = path.join(repo, 'dist', 'web');
  const stamp = path.join(out, '.built');
  const vite = path.join(repo, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!fs.existsSync(path.join(repo, 'vite.config.ts')) || !fs.existsSync(path.join(repo, 'web'))) return 'none';
  const built = fs.statSync(stamp, { throwIfNoEntry: false })?.mtimeMs;
  if (built !== undefined && (!fs.existsSync(vite) || Math.max(...SOURCES.map((s) => newest(path.join(repo, s)))) <= built)) return 'fresh';
  if (!['console', 'track'].some((app) => fs.existsSync(path.join(repo, 'web', app, 'index.html')))) return 'none';
  const began = new Date();
  const making = `${out}.${process.pid}`;
  fs.rmSync(making, { recursive: true, force: true });
  await runVite(vite, repo, ['--outDir', making, '--emptyOutDir']);
  if (fs.existsSync(path.join(repo, 'web', 'widget', 'main.ts'))) await runVite(vite, repo, ['--mode', 'widget', '--outDir', making]);
  await compressAll(making);
  fs.writeFileSync(path.join(making, '.built'), '');
  fs.utimesSync(path.join(making, '.built'), began, began);
  fs.rmSync(out, { recursive: true, force: true });
  fs.renameSync(making, out);
  return 'built';
}

function runVite(vite: string, repo: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [vite, 'build', ...args, '--logLevel', 'warn'], {
      cwd: repo,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`The web apps could not be built: ${said.trim()}`))));
  });
}

/** Beside each text its brotli and gzip forms, made once instead of at every request. */
async function compressAll(folder: string): Promise<void> {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.(js|mjs|css|html|svg|json|wasm|map)$/.test(f));
  await Promise.all(
    files.map(async (file) => {
      const at = path.join(folder, file);
      const bytes = await fs.promises.readFile(at);
      if (bytes.length < 1_024) return;
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      await Promise.all([
        brotli(bytes, { params }).then((b) => fs.promises.writeFile(`${at}.br`, b)),
        zip(bytes, { level: 9 }).then((b) => fs.promises.writeFile(`${at}.gz`, b)),
      ]);
    }),
  );
}
