import { isUtf8 } from 'node:buffer';
import { setImmediate as breathe } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { speaksFor } from '#customer';
import type { Lang } from '#platform/i18n';
import { malformed } from '#platform/refusals';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { HouseholdRecord, MOST_RECORDS } from './contract.ts';
import { mistakeIn } from './records.ts';

/** A body of records, as lines or as an array, read as a whole: it is believed as a whole or not at all. */

/** A record that cannot be taken: its line, or its place in the array, from 1. */
export interface Bad {
  readonly line: number;
  readonly code: string;
  readonly details: Record<string, unknown>;
}

const SHOWN = 100;
/** So many are looked at before somebody else may be served. */
const AT_ONCE = 500;
const BOM = /^\ufeff/;

type Raw = { readonly line: number; readonly value: unknown } | Bad;

function linesOf(body: string): Raw[] {
  return body.split('\n').flatMap((text, i): Raw[] => {
    if (text.trim() === '') return [];
    try {
      return [{ line: i + 1, value: JSON.parse(text) }];
    } catch {
      return [{ line: i + 1, code: 'record.not-json', details: {} }];
    }
  });
}

function rawsIn(body: Buffer, isLines: boolean): Raw[] | Refusal {
  if (!isUtf8(body)) return refuse('request.malformed', { path: '', problem: 'UTF-8' });
  const text = body.toString('utf8').replace(BOM, '');
  if (isLines) return linesOf(text);
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.map((value, i) => ({ line: i + 1, value }));
  } catch {
    // said below
  }
  return refuse('request.malformed', { path: '', problem: 'array' });
}

/** The records of a body. Refuses `request.malformed`, `request.too-large`, and `household.refused` with the first mistakes by their lines. */
export async function recordsIn(
  { actor, lang }: Pick<FastifyRequest, 'actor'> & { lang: Lang },
  { body, isLines, now }: { body: Buffer; isLines: boolean; now: number },
): Promise<HouseholdRecord[] | Refusal> {
  const raws = rawsIn(body, isLines);
  if (isRefusal(raws)) return raws;
  if (raws.length > MOST_RECORDS) return refuse('request.too-large', { most: MOST_RECORDS });
  const records: HouseholdRecord[] = [];
  const bad: Bad[] = [];
  for (const [i, raw] of raws.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await breathe();
    const wrong = 'code' in raw ? raw : wrongIn(raw.line, raw.value);
    if (wrong !== undefined) bad.push(wrong);
  }
  if (bad.length > 0) return refuse('household.refused', { total: bad.length, items: bad.slice(0, SHOWN) });
  return records;

  function wrongIn(line: number, value: unknown): Bad | undefined {
    const parsed = HouseholdRecord.safeParse(value);
    if (!parsed.success) return { line, ...malformed(parsed.error.issues, value, lang) };
    const refused = speaksFor({ actor }, parsed.data.source);
    if (refused) return { line, code: refused.code, details: refused.details };
    const mistake = mistakeIn(parsed.data, now);
    if (mistake !== undefined) return { line, ...mistake };
    records.push(parsed.data);
    return undefined;
  }
}
