import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** How the browser is started wherever it is driven: as root, without a screen, without a graphics card, speaking to nobody by itself. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const onPath = (names: readonly string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(':')
    .flatMap((dir) => names.map((name) => path.join(dir, name)))
    .find((at) => fs.existsSync(at));

const speaksChinese = (): boolean => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim() !== '';

/** True where packages may be installed: root, with apt. */
export const mayInstall = (): boolean => process.getuid?.() === 0 && onPath(['apt-get']) !== undefined;

/** Installs Debian's packages. Throws when apt does not. */
export function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => execFileSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  console.log(`installing ${packages.join(', ')} with apt`);
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
}

/**
 * The browser that the tests drive: `CHROMIUM`, else one that is installed, else Debian's, installed here where that is allowed (root and apt),
 * with a font that has Chinese signs. Throws one sentence otherwise.
 */
export function ensureChromium(): string {
  const given = process.env.CHROMIUM;
  if (given !== undefined && given !== '') {
    if (!fs.existsSync(given)) throw new Error(`CHROMIUM is ${given}, but there is no such file.`);
    return given;
  }
  const missing = [...(onPath(NAMES) === undefined ? ['chromium'] : []), ...(speaksChinese() ? [] : ['fonts-noto-cjk'])];
  if (missing.length > 0 && mayInstall()) {
    try {
      install(missing);
    } catch {
      throw new Error(
        `The browser tests need ${missing.join(' and ')}, and apt could not install them: install Chromium and set CHROMIUM to its path.`,
      );
    }
  }
  const found = onPath(NAMES);
  if (found === undefined) throw new Error('The browser tests need Chromium: install it, or set CHROMIUM to its path.');
  return found;
}
