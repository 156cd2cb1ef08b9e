import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { dayOf } from '#rule';
import { Fact } from '#rule/contract';
import { Definition, DerivedName } from './contract.ts';

/** Facts and tables that come along, read once from `standard/*.yaml`; a table is version 1 of what people then edit. */

const folder = new URL('./standard/', import.meta.url);

/** A flag needs no bounds, and a date's are days. */
const WrittenFact = z.preprocess((written) => {
  if (typeof written !== 'object' || written === null) return written;
  const { from = 0, to = 1, ...rest } = written as { from?: unknown; to?: unknown };
  const bound = (b: unknown) => (typeof b === 'string' ? dayOf(b) : b);
  return { ...rest, from: bound(from), to: bound(to) };
}, Fact);

const WrittenTable = z.strictObject({ tag: DerivedName, definition: Definition });

function read<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  const answer = schema.safeParse(parse(readFileSync(new URL(file, folder), 'utf8')));
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

/** Tags that the tables speak of, with what is believed of them: the rules can be read before anybody loads one. */
export const standardFacts: () => readonly Fact[] = once(() => read('facts.yaml', z.array(WrittenFact)));

export const standardTables: () => readonly z.infer<typeof WrittenTable>[] = once(() =>
  readdirSync(folder)
    .filter((file) => /^\d\d-.+\.yaml$/.test(file))
    .toSorted()
    .map((file) => read(file, WrittenTable)),
);
