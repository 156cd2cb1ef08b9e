import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { isReservedSource } from '#customer/contract';
import type { Actor } from '#platform/actor';
import { type Refusal, refuse } from '#platform/result';
import { dayOf } from '#rule';
import { EnterpriseIn, type EnterpriseRead } from './contract.ts';

/** What a source sends, read and checked before the store is asked: all of it, or where it is wrong. */

export const MOST_ITEMS = 10_000;
const WRONG_SHOWN = 100;
const FIRST_DAY = dayOf('1990-01-01');

/** A mistake in a line (from 1; in an array, the place). */
export interface Wrong {
  readonly line: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Item extends EnterpriseRead {
  readonly line: number;
  readonly day: number;
}

interface Given {
  /** Who sends: a source speaks for itself alone. */
  readonly actor: Pick<Actor, 'kind' | 'id'>;
  /** Indicators that the tables have or had. */
  readonly indicators: ReadonlySet<string>;
  readonly today: number;
}

type Raw = { readonly line: number; readonly value: unknown } | Wrong;

const malformed = (problem: string): Refusal => refuse('request.malformed', { path: '', problem });

function parsed(line: number, text: string): Raw {
  try {
    return { line, value: JSON.parse(text) };
  } catch {
    return { line, code: 'enterprise.not-json', details: {} };
  }
}

function rawOf(body: Buffer, form: 'lines' | 'array'): Raw[] | Refusal {
  if (!isUtf8(body)) return malformed('UTF-8');
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  if (form === 'lines') return text.split('\n').flatMap((one, i) => (one.trim() === '' ? [] : [parsed(i + 1, one)]));
  const all = parsed(0, text);
  if ('code' in all) return malformed('JSON');
  return Array.isArray(all.value) ? all.value.map((value, i) => ({ line: i + 1, value })) : malformed('array');
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

function formOf(line: number, [issue]: readonly z.core.$ZodIssue[]): Wrong {
  const path = pathOf(issue?.path ?? []);
  if (issue?.code !== 'unrecognized_keys') return { line, code: 'enterprise.bad-field', details: { path } };
  return { line, code: 'enterprise.unknown-field', details: { path: [path, issue.keys[0]].filter(Boolean).join('.') } };
}

function mistakeOf({ line, source, at, day, facts }: Item, { actor, indicators, today }: Given): Wrong | null {
  const wrong = (code: string, details: Wrong['details']): Wrong => ({ line, code: `enterprise.${code}`, details });
  if (isReservedSource(source)) return wrong('reserved-source', { source });
  if (actor.kind === 'source' && actor.id !== source) return wrong('foreign-source', { source: actor.id });
  if (day < FIRST_DAY || day > today + 1) return wrong('impossible-day', { day: at });
  const indicator = Object.keys(facts).find((id) => !indicators.has(id));
  return indicator === undefined ? null : wrong('unknown-indicator', { indicator });
}

/** A line as an item; `first` remembers where each enterprise stood first. */
function itemOf({ line, value }: { line: number; value: unknown }, first: Map<string, number>, given: Given): Item | Wrong {
  const read = EnterpriseIn.safeParse(value);
  if (!read.success) return formOf(line, read.error.issues);
  const item = { ...read.data, line, day: dayOf(read.data.at) };
  const name = JSON.stringify([item.source, item.key]);
  const before = first.get(name);
  if (before !== undefined) return { line, code: 'enterprise.twice', details: { first: before } };
  first.set(name, line);
  return mistakeOf(item, given) ?? item;
}

/** Every line as an item. Refuses `request.malformed`, `request.too-large`, and `enterprise.refused` with the lines that are wrong. */
export function readItems(body: Buffer, form: 'lines' | 'array', given: Given): Item[] | Refusal {
  const raws = rawOf(body, form);
  if ('refused' in raws) return raws;
  if (raws.length > MOST_ITEMS) return refuse('request.too-large', { most: MOST_ITEMS });
  const wrong: Wrong[] = [];
  const items: Item[] = [];
  const first = new Map<string, number>();
  for (const raw of raws) {
    const read = 'code' in raw ? raw : itemOf(raw, first, given);
    if ('code' in read) wrong.push(read);
    else items.push(read);
  }
  if (wrong.length === 0) return items;
  return refuse('enterprise.refused', { total: wrong.length, line: wrong[0]?.line, items: wrong.slice(0, WRONG_SHOWN) });
}
