/** News of duplicates. Parties and customers are named by their ids alone. */

export interface Merged {
  readonly type: 'duplicate.merged';
  /** `party`: two customers of the three households; `counted`: two rows of the count. */
  readonly kind: 'party' | 'counted';
  readonly pair: number;
  readonly survivor: string;
  readonly merged: string;
}

/** They are two again. */
export interface Unmerged extends Omit<Merged, 'type'> {
  readonly type: 'duplicate.unmerged';
}

/** A person says that they are two. */
export interface Distinguished {
  readonly type: 'duplicate.distinguished';
  readonly kind: 'party' | 'counted';
  readonly pair: number;
}
