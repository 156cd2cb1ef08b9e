export { createAccounts, createUnits, firstAdministrator, whoIs } from './service.ts';
export { listUnits, unitsBelow } from './store.ts';
