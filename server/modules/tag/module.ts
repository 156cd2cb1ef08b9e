import type { Module } from '#platform/module';
import { migrations } from './migrations.ts';

export const tag: Module = { name: 'tag', migrations };
