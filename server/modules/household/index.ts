export { type NumberedService, type ServiceSeen, servicesCounted, servicesNumbered, servicesSeen } from './counted.ts';
export { erasePerson, type Kept, keptOf } from './erase.ts';
export { type Holdings, holdingsOf } from './holdings.ts';
export { numbersOfCustomer } from './households.ts';
export { mergeParties, type Pair, unmergeParties } from './merging.ts';
export { holdsAt, lasting, type Ownership, type PartyKind } from './model.ts';
export { type OwnerRow, ownersOf } from './ownerStore.ts';
export { partyCards, valuesOf } from './parties.ts';
export {
  membersOf,
  type PartyHashes,
  type PartyRow,
  partiesById,
  partiesPage,
  partiesWith,
  sharedValues,
  survivorsOf,
} from './partyStore.ts';
export { type Transfer, type Transferred, takeBackTransfer, transferOwnership } from './transfers.ts';
