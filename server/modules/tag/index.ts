export { type Changed, type Changing, changeTags, codesForValues, refuseItems, type Wrong } from './change.ts';
export { type Cells, closeBlock, countBoth, merge, noCells, openBlock, rescale, setBit } from './codes.ts';
export { bringInForce, forgetStaged, type Moves, putColumns, type Staged, stage, versionsOf } from './load.ts';
export { BITMAP_BYTES, BLOCK, type Block, EVERYONE, OURS, type Tag } from './model.ts';
export { announceBatch, CHANGED, type Fact, factsOf } from './service.ts';
export { addTags, tagsByName as readCatalogue, readTags } from './store.ts';
export { decimalOf, isOneOfText, MOST_VALUES, unitsOf } from './values.ts';
