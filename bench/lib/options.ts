import { parseArgs } from 'node:util';

/** How a bench is run. `quick`: smaller sizes, ends within a minute on two cores. `profile`: also where the server's time goes. */
export interface Options {
  readonly quick: boolean;
  readonly seed: number;
  readonly profile: boolean;
  /** Of what there are so many, where a bench takes it. */
  readonly size: number | undefined;
}

/** The name and the options of a command line such as `ingest --quick --seed 7`. Throws a sentence when it is wrong. */
export function readOptions(argv: readonly string[], names: readonly string[]): { name: string; options: Options } {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { quick: { type: 'boolean' }, seed: { type: 'string' }, profile: { type: 'boolean' }, size: { type: 'string' } },
    allowPositionals: true,
  });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0 || !names.includes(name)) throw new Error(`name one bench: ${names.join(', ')}`);
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed must be a whole number');
  const size = values.size === undefined ? undefined : Number(values.size);
  if (size !== undefined && (!Number.isSafeInteger(size) || size < 1)) throw new Error('--size must be a whole number from 1 on');
  return { name, options: { quick: values.quick ?? false, seed, profile: values.profile ?? false, size } };
}
