import type { Module } from '#platform/module';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

export const transfer: Module = { name: 'transfer', migrations, refusals, routes };
