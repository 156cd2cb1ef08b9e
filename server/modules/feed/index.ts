export type { Desk, FeedRow, Kind, Kinds, Look, OpenMap, Place, ReadMap, RefusedRow, Why } from './kind.ts';
