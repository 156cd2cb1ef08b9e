export {
  type Arrival,
  addArrivals,
  addCustomers,
  addSpoiled,
  type Fresh,
  forgetArrivals,
  isInOrder,
  type Place,
  type Placing,
  placeArrivals,
  placesFrom,
  sizeUp,
} from './arrivals.ts';
export { cardsOf, knownBy, ordinalOf } from './cards.ts';
export { speaksFor } from './changes.ts';
export {
  type Counted,
  countAgain,
  countAs,
  countedByIds,
  countedByNumber,
  countedByOrdinal,
  maskedPersons,
  offNetPage,
} from './counting.ts';
export { type Erasing, eraseCustomers, findCustomersOf } from './erase.ts';
export {
  erasedAmong,
  forgetErased,
  holdErased,
  idByNumber,
  noteHeard,
  type Row as ErasedRow,
  readErased,
  rememberErased,
  seeErased,
} from './erased.ts';
export { consentsHeld, type Ended, endConsents, leavePerson, resumeConsents, returnPerson } from './handingOver.ts';
export {
  abandoned,
  addImport,
  beginImport,
  failImport,
  type ImportRow,
  importById,
  noteGroup,
  noteProgress,
  openImports,
  queueImport,
  recentImports,
  sourcesOfFiles,
} from './importStore.ts';
export { finishImport } from './inForce.ts';
export { keyHash, newId } from './keys.ts';
export { type ErasedKind, lostHalf, PERSONAL, type Personal, type Remembered, type Said, STATE, speaksOfErased } from './model.ts';
export { maskedNames } from './names.ts';
export { idsByNumber, NAMED_BY, type NamedBy, type Numbered, numberOf, ordinalsOf } from './ordinals.ts';
export { showInFull } from './reveal.ts';
export { addPersonal, customersByOrdinal, idsOf, keepKeys, personalOf, sharedRefs } from './store.ts';
