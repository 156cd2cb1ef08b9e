export { colleaguesWith } from './colleagues.ts';
export { type Colleague, colleague, saveColleagues } from './directory.ts';
export { createAccounts, createUnits, firstAdministrator, whoIs } from './service.ts';
export { areasWithin, listUnits, partnerLogins, pathTo, unitsBelow } from './store.ts';
