export { BITMAP_BYTES, BLOCK, type Block, EVERYONE } from './model.ts';
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
