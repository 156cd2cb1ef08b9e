import type { Kinds } from '#feed';
import { folder } from './folder.ts';
import { nats } from './nats.ts';
import { postgres } from './postgres.ts';

/** Every kind of place that a feed can read. */
export const sourceKinds: Kinds = { folder, postgres, nats };
