import type { Options } from './options.ts';
import type { Server } from './server.ts';
import type { Store } from './store.ts';

const FUNCTIONS = 25;
const STATEMENTS = 16;

/** With `--profile`: where the server's and PostgreSQL's time goes from now until the answered function is called, which prints it. */
export async function profiled(options: Options, store: Store, server: Server): Promise<() => Promise<void>> {
  if (!options.profile) return async () => undefined;
  await store.forget();
  const end = await server.profile();
  return async () => {
    console.log('\nserver, self time by function:');
    for (const { name, share } of (await end()).slice(0, FUNCTIONS)) console.log(`  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`);
    console.log('\nPostgreSQL, time by statement (waiting included):');
    for (const s of await store.statements(server.database, STATEMENTS))
      console.log(`  ${s.ms.toFixed(0).padStart(6)} ms  ${String(s.calls).padStart(6)} ×  ${s.text.slice(0, 110)}`);
    console.log('');
  };
}
