import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** Data that comes along with a module: `standard/*.yaml` beside it, written for people, read once, never changed. */

export interface Standard {
  /** The validated content of one file; throws an error that names the file and each place in it that is wrong. */
  read<S extends z.ZodType>(file: string, schema: S): z.output<S>;
  /** The same of every file whose name begins with a number of two places, in that order. */
  numbered<S extends z.ZodType>(schema: S): z.output<S>[];
}

/** `module`: the module's own `import.meta.url`. */
export function standardOf(module: string): Standard {
  const folder = new URL('./standard/', module);
  const read = <S extends z.ZodType>(file: string, schema: S): z.output<S> => {
    const answer = schema.safeParse(parse(readFileSync(new URL(file, folder), 'utf8')));
    if (!answer.success) throw new Error(`${file}: ${z.prettifyError(answer.error)}`);
    return frozen(answer.data);
  };
  return {
    read,
    numbered: (schema) =>
      readdirSync(folder)
        .filter((file) => /^\d\d-.+\.yaml$/.test(file))
        .toSorted()
        .map((file) => read(file, schema)),
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/** Made when it is first asked for, and kept. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
