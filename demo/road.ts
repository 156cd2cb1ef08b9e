import type { Delivery, Said } from './systems.ts';

/** A system's own road beside HTTP: files, a table, a stream. What it was given is durable when it answers. */
export interface Road {
  /**
   * Hands over, the earliest first. `from` and `to`: the city's time since the last turn, for what is written without anything having happened.
   * Answers what has to wait for another turn. Throws when the road is closed; what was handed over before that may be handed over again.
   */
  take(deliveries: readonly Delivery[], turn: { readonly from: number; readonly to: number }): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}

/** A delivery in its system's words. */
export type Say = (d: Delivery) => Said;
