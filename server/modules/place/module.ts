import type { DeskNow } from '#audience';
import type { Module } from '#platform/module';
import { migrations } from './migrations.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';

/** The module, given the desk of the audiences that counts its people. */
export const makePlace = (desk: DeskNow): Module => ({
  name: 'place',
  migrations,
  refusals,
  routes: (app, house) => routes(app, house, desk),
});
