import Assembler from 'stream-json/core/assembler.js';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { z } from 'zod';
import { bytesOf, type Meter, unreadable } from './bytes.ts';
import { textOf } from './encoding.ts';

/** One member of the top-level list `section` (`objects`, `events`, …); `place` from 1. */
export type Item = { section: string; place: number; value: unknown };

/** The end of the text, as stream-json's stages know it (`none` of stream-chain, a registered symbol). */
const endOfText = Symbol.for('object-stream.none');
/** A single member longer than this (32 Mi characters) is no object or event. */
const longestItem = 32 * 1_048_576;
/** Deeper than any log nests; what goes down a value by recursion ends far beyond it. */
const deepest = 500;

const Relationship = z.object({ objectId: z.string(), qualifier: z.string().default('') });

/** Attributes and relationships as OCEL 2.0 JSON writes them; what is not named here is let go. */
export const OcelObject = z.object({
  id: z.string(),
  type: z.string(),
  attributes: z.array(z.object({ name: z.string(), time: z.string().optional(), value: z.unknown() })).default([]),
  relationships: z.array(Relationship).default([]),
});
export const OcelEvent = z.object({
  id: z.string().optional(),
  type: z.string().optional(),
  time: z.string().optional(),
  attributes: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
  relationships: z.array(Relationship).default([]),
});
export type OcelEvent = z.infer<typeof OcelEvent>;

/**
 * The members of the top-level lists of an OCEL 2.0 JSON file, one by one, in pieces. Throws `unreadable` where it is no JSON or no OCEL
 * 2.0.
 */
export async function* ocelItems(file: string, meter?: Meter): AsyncGenerator<Item[]> {
  const parse = jsonParser({ packValues: true, streamValues: false }) as (text: string | symbol) => { values: Token[] } | symbol;
  const assembler = new Assembler();
  const places = new Map<string, number>();
  let sinceItem = 0;
  const take = (text: string | symbol): Item[] => {
    const tokens = attempt(file, () => parse(text));
    if (typeof tokens === 'symbol') return [];
    const items: Item[] = [];
    for (const token of tokens.values) {
      assembler.consume(exact(token));
      if (assembler.depth > deepest) throw unreadable(file, `it nests deeper than ${deepest} levels`);
      const item = itemOf(assembler, token, places, file);
      if (item) items.push(item);
    }
    return items;
  };
  for await (const text of textOf(bytesOf(file, meter), 'auto')) {
    sinceItem += text.length;
    const items = take(text);
    if (items.length > 0) sinceItem = 0;
    if (sinceItem > longestItem) throw unreadable(file, 'a value does not end within 32 MiB');
    yield items;
  }
  yield take(endOfText);
  for (const needed of ['objects', 'events']) {
    if (!isList(assembler.current, needed)) throw unreadable(file, `it is no OCEL 2.0 JSON (it has no list “${needed}”)`);
  }
}

const isList = (root: unknown, name: string) =>
  typeof root === 'object' && root !== null && Array.isArray((root as Record<string, unknown>)[name]);

/** Numbers that a double cannot hold are kept as the text they are. */
function exact(token: Token): Token {
  if (token.name !== 'numberValue' || token.value.length < 16 || String(Number(token.value)) === token.value) return token;
  return { name: 'stringValue', value: token.value } as Token;
}

/** The member just finished, taken out of its list so that the list stays empty. */
function itemOf(assembler: Assembler, token: Token, places: Map<string, number>, file: string): Item | undefined {
  if (token.name === 'keyValue' && assembler.depth === 1 && token.value.startsWith('ocel:')) {
    throw unreadable(file, 'it is OCEL 1.0: save it as OCEL 2.0 JSON');
  }
  if (assembler.depth !== 2 || !Array.isArray(assembler.current) || assembler.current.length === 0) return undefined;
  const section = String(assembler.stack.at(-1));
  const place = (places.get(section) ?? 0) + 1;
  places.set(section, place);
  return { section, place, value: assembler.current.pop() };
}

function attempt<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw unreadable(file, `it is no JSON (${error instanceof Error ? error.message.replace(/\.$/, '') : error})`);
  }
}
