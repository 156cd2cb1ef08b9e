import fs from 'node:fs';
import path from 'node:path';
import type { Anchor } from './clock.ts';

/** What the demo must remember between two starts; everything else follows from the seed. */
export interface State {
  readonly seed: number;
  readonly zone: string;
  /** Local midnight of day 0, epoch ms. */
  readonly origin: number;
  anchors: readonly Anchor[];
  /** Tokens of the sources, by id. */
  tokens: Record<string, string>;
  /** All days from this one on have been handed over as far as they had arrived. */
  loadedFrom: number;
  /** The city's time up to which everything of the loaded days has been handed over. */
  cursor: number;
  /** The city's time that may have been handed over already; written down before it is, so that after a kill nothing is stamped another time. */
  reached?: number;
  /** The message server: how to speak to it, and whether its feed rests because the server is not there. */
  nats?: { readonly token: string; readonly port?: number; readonly paused?: boolean };
}

const FILE = 'demo.json';

/** Undefined where the demo never ran with this data folder. */
export function readState(dir: string): State | undefined {
  const file = path.join(dir, FILE);
  if (!fs.existsSync(file)) return undefined;
  return JSON.parse(fs.readFileSync(file, 'utf8')) as State;
}

/** Whole or not at all: it holds tokens, so nobody else may read it. */
export function writeState(dir: string, state: State): void {
  fs.mkdirSync(dir, { recursive: true });
  const file = path.join(dir, FILE);
  fs.writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}
