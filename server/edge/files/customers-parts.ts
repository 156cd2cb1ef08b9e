import type { CustomerMap } from '#customer/contract';
import type { TagKind } from '#tag/contract';

/** A tag and the column it is read from. */
export interface Part {
  readonly name: string;
  readonly column: string;
  readonly kind: TagKind;
}

/** The tags that an import writes: those of the map, and what the map says of the customer himself. */
export const partsOf = ({ tags, area, own }: CustomerMap): Part[] => [
  ...tags,
  ...(area === undefined ? [] : [{ name: 'area', column: area, kind: 'oneOf' as const }]),
  ...(own === undefined ? [] : [{ name: 'own', column: own, kind: 'flag' as const }]),
];
