export { columnOf, peopleOf } from './columns.ts';
export type { Tag } from './model.ts';
