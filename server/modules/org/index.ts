export { type Colleague, colleague, saveColleagues } from './directory.ts';
export { createAccounts, createUnits, firstAdministrator, whoIs } from './service.ts';
export { listUnits, partnerLogins, unitsBelow } from './store.ts';
export { pathTo } from './store.ts';
