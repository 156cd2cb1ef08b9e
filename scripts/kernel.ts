import fs from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';

/** The audience kernel, compiled: WASM that runs in every thread of the engine. The same compiler gives the same bytes. */

const FOLDER = path.resolve(import.meta.dirname, '../server/modules/audience');

/** Where it is kept, relative to the project. */
export const KERNEL = 'server/modules/audience/kernel.wasm';

const OPTIONS = [
  '-O3',
  '--noAssert',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--importMemory',
  '--use',
  'abort=',
  '--outFile',
  'kernel.wasm',
];

/** Compiles `kernel.as`. Throws what the compiler says. */
export async function buildKernel(): Promise<Buffer> {
  let out: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['kernel.ts', ...OPTIONS], {
    // the compiler wants its sources to be called .ts; ours is not, for it is no TypeScript
    readFile: (name) => (name === 'kernel.ts' ? fs.readFileSync(path.join(FOLDER, 'kernel.as'), 'utf8') : null),
    writeFile: (_name, contents) => {
      out = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || out === undefined) throw new Error(`kernel.as does not compile: ${error?.message ?? ''}\n${stderr.toString()}`);
  return Buffer.from(out);
}
