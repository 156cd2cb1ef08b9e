import type { Rule, Run } from '#retention/contract';
import type { DoorSettings } from './doors.ts';
import { untilDone } from './keeping.ts';

/** The desk's first morning: a demo that begins at noon, or whose customers came after the morning's sweep, need not wait for the next one. */

/** Somebody was looked at, and every rule in force was asked. */
export const isSwept = (
  run: Pick<Run, 'customers'> & { readonly rules: readonly Pick<Run['rules'][number], 'id'>[] },
  rules: readonly Pick<Rule, 'id' | 'effect' | 'inForce'>[],
): boolean =>
  run.customers > 0 &&
  rules.every(({ id, effect, inForce }) => !inForce || effect === 'population' || run.rules.some((asked) => asked.id === id));

/** Resolves when the latest sweep asked the rules that are in force now, or it was stopped. `token`: of an analyst. */
export async function keepWarnings(s: DoorSettings): Promise<void> {
  await untilDone(s, 'the churn warnings are not there yet', async (ask) => {
    const { count } = await ask<{ count: number }>('POST', '/api/audiences/count', { where: { tag: 'own', is: true } });
    if (count === 0) return false;
    const [run] = (await ask<{ items: Run[] }>('GET', '/api/retention/runs?limit=1')).items;
    if (run?.state === 'running') return false;
    if (run !== undefined && isSwept(run, (await ask<{ items: Rule[] }>('GET', '/api/retention/rules')).items)) return true;
    await ask('POST', '/api/retention/sweeps', {});
    return false;
  });
}
