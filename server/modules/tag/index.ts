export { columnOf, peopleOf } from './columns.ts';
export { batchesSince, type CountableTag, countableTags, lastBatch } from './countable.ts';
export { EVERYONE, type Tag } from './model.ts';
