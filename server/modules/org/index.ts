export { createAccounts, createUnits, firstAdministrator } from './service.ts';
export { unitsBelow } from './store.ts';
