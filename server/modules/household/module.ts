import type { Module } from '#platform/module';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';

export const household: Module = { name: 'household', migrations, refusals };
