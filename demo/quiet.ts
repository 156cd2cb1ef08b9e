import type { City } from './city.ts';
import type { DoorSettings } from './doors.ts';
import { untilDone } from './keeping.ts';

/** Customers who told 10010 or the shop that they want to be left alone, a few in each grid: what reach and exports take off. */

const IN_EACH_GRID = 5;
const REASONS = ['10010 来电，不要再打营销电话', '营业厅填写免打扰申请', '投诉处理时约定不再打扰'] as const;

/** Resolves when they are noted, or it was stopped. `token`: of a care agent. */
export async function keepQuiet(s: DoorSettings & { readonly city: City }): Promise<void> {
  await untilDone(s, 'who wants to be left alone is not noted yet', async (ask) => {
    const known = async (tag: string) => (await ask<{ known: number }>('GET', `/api/tags/${tag}`)).known;
    if ((await known('own')) === 0) return false;
    if ((await known('doNotDisturb')) > 0) return true;
    for (const { code } of s.city.grids) {
      const { items } = await ask<{ items: { id: string }[] }>('GET', `/api/customers?own=true&area=${code}&limit=${IN_EACH_GRID}`);
      for (const [i, { id }] of items.entries())
        await ask('PUT', `/api/customers/${id}/consents`, { doNotDisturb: true, reason: REASONS[i % REASONS.length] });
    }
    return true;
  });
}
