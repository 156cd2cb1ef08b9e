import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { Outcome, Tables } from './contract.ts';

/** The tables and the outcomes of visits that come along, read once from `standard/*.yaml`; the tables are version 1 of what people then edit. */

function read<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  const answer = schema.safeParse(parse(readFileSync(new URL(`./standard/${file}`, import.meta.url), 'utf8')));
  if (!answer.success) throw new Error(`${file}: ${z.prettifyError(answer.error)}`);
  return answer.data;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export const standardTables: () => Tables = once(() => read('tables.yaml', Tables));
export const outcomes: () => readonly Outcome[] = once(() => read('outcomes.yaml', z.array(Outcome)));
