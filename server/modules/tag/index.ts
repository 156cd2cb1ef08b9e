export { type Changed, type Changing, changeTags, refuseItems, type Wrong } from './change.ts';
export { type Cells, closeBlock, merge, noCells, openBlock, setBit } from './codes.ts';
export { bringInForce, forgetStaged, type Moves, putColumns, type Staged, stage, versionsOf } from './load.ts';
export { BITMAP_BYTES, BLOCK, type Block, EVERYONE, OURS, type Tag } from './model.ts';
export { announceBatch, CHANGED, type Fact, factsOf } from './service.ts';
export { addTags, readTags } from './store.ts';
