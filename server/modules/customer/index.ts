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
} from './arrivals.ts';
export { cardsOf, ordinalOf } from './cards.ts';
export { speaksFor } from './changes.ts';
export { eraseCustomers } from './erase.ts';
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
} from './importStore.ts';
export { finishImport } from './inForce.ts';
export { keyHash, newId } from './keys.ts';
export { lostHalf, PERSONAL, type Personal, STATE } from './model.ts';
export { maskedNames } from './names.ts';
export { idsByOrdinal, NAMED_BY, type NamedBy, ordinalsOf } from './ordinals.ts';
export { addPersonal, customersByOrdinal, idsOf } from './store.ts';
