export { describeTag } from './catalogue.ts';
export type { MarkKind } from './causes.ts';
export { type Changed, type Changing, changeTags, codesForValues, refuseItems, type Wrong } from './change.ts';
export { type BlockVersion, blockVersions, claimTag, RULE } from './claim.ts';
export { markTag } from './closing.ts';
export { type Cells, closeBlock, codeAt, countBoth, merge, noCells, openBlock, putCode, rescale, setBit } from './codes.ts';
export { columnOf, peopleOf } from './columns.ts';
export { addHiddenFlag, batchesSince, type CountableTag, countableTags } from './countable.ts';
export { bringInForce, forgetStaged, type Moves, putColumns, type Staged, stage, tagsIn, versionsOf } from './load.ts';
export { BITMAP_BYTES, BLOCK, type Block, EVERYONE, MOST_UNITS, OURS, type Tag } from './model.ts';
export { announceBatch, CHANGED, type Fact, factsOf } from './service.ts';
export { addTags, allTags, blocksOfTag, readTags, type TagRow, tagsByName as readCatalogue } from './store.ts';
export {
  batchesAfter,
  lastBatch,
  placesOf,
  readBlocks,
  type Sink,
  type StoredTag,
  shareSnapshot,
  storedTags,
  type Which,
} from './stream.ts';
export { decimalOf, isOneOfText, MOST_VALUES, unitsOf } from './values.ts';
