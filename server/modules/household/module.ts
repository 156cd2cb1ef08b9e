import type { Module } from '#platform/module';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

export const household: Module = { name: 'household', migrations, refusals, routes };
