import type { Module } from '#platform/module';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

/** The files of imports that were under way are not in a backup: those imports are over, and their sources free for others. */
const RESTORED = `update customer.import set state = 'failed', phase = null, code = 'customer-import.elsewhere', details = '{}' where state in ('receiving', 'queued', 'working')`;

export const customer: Module = { name: 'customer', migrations, refusals, routes, restored: RESTORED };
