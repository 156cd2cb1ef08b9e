import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BadSetting, REPO } from './platform/config.ts';
import { Interrupted } from './platform/interrupt.ts';

/** What the commands of the command line share. */

/** Whoever typed the command typed something wrong. */
export class BadCommand extends Error {}

/** A file that was named cannot serve: it is not there, damaged, of another program. */
export class BadFile extends Error {}

type Option = { readonly type: 'string' | 'boolean'; readonly multiple?: boolean };

/** The flags and the other words of a command. Throws `BadCommand` that names what is unknown. */
export function readArgs<O extends Readonly<Record<string, Option>>>(argv: string[], options: O) {
  try {
    return parseArgs({ args: argv, options, strict: true, allowPositionals: true });
  } catch (e) {
    throw new BadCommand((e as Error).message.split('. ')[0]);
  }
}

/** The one file that a command is about. */
export function theFile(positionals: readonly string[], what: string): string {
  const [file, second] = positionals;
  if (file === undefined) throw new BadCommand(`${what} is missing. See --help.`);
  if (second !== undefined) throw new BadCommand(`only one file can be named, and "${second}" is a second one.`);
  return file;
}

/** 0 done · 1 it could not be done · 2 wrong use, a bad setting or a bad file, nothing was changed · 130, 143 interrupted. */
export function exitCodeOf(e: unknown): number {
  if (e instanceof Interrupted) return e.code;
  return e instanceof BadCommand || e instanceof BadSetting || e instanceof BadFile ? 2 : 1;
}

export const version = (JSON.parse(fs.readFileSync(path.join(REPO, 'package.json'), 'utf8')) as { version: string }).version;

/** "3.2 GB"; for people. */
export function size(bytes: number): string {
  const [unit, n] = bytes < 1e6 ? ['kB', bytes / 1e3] : bytes < 1e9 ? ['MB', bytes / 1e6] : ['GB', bytes / 1e9];
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} ${unit}`;
}
