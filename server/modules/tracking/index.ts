export { takeIn } from './door.ts';
export { ownRoles } from './imports.ts';
export { CHANGED } from './intake.ts';
export type { Sums } from './receive.ts';
export { refusals } from './refusals.ts';
