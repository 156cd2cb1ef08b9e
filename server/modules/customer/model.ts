/** Personal values of a customer, as maps and cards name them. */
export const PERSONAL = ['name', 'phone', 'idNumber', 'address'] as const;
export type Personal = (typeof PERSONAL)[number];

/** How a row of an import stands to those who are there. */
export const STATE = { known: 0, fresh: 1, back: 2, twice: 4 } as const;

/** A file that would let more than half of the source's customers vanish is not believed. */
export const lostHalf = (present: number, kept: number): boolean => kept * 2 < present;

/** What may be asked of a customer, and the touchpoints it is asked for. */
export const CONSENT_PURPOSES = ['marketing', 'research', 'profiling'] as const;
export const TOUCHPOINTS = ['call', 'sms', 'wechat', 'app', 'email', 'visit'] as const;

/** The flag that says it: `consent.sms` for marketing, `consent.research.sms` for others. */
export const consentFlag = (purpose: string, touchpoint: string): string =>
  purpose === 'marketing' ? `consent.${touchpoint}` : `consent.${purpose}.${touchpoint}`;

export const DO_NOT_DISTURB = 'doNotDisturb';

/** A flag as it was: what he had agreed to or refused, and which source keeps it. */
export interface Said {
  readonly flag: string;
  readonly given: boolean;
  readonly source: string;
}

/** What is remembered of people who were erased: keyed hashes of values, and ids of records. */
export const ERASED_KINDS = ['idNumber', 'phone', 'customer', 'party', 'service', 'home'] as const;
export type ErasedKind = (typeof ERASED_KINDS)[number];

export interface Remembered {
  readonly kind: ErasedKind;
  /** Of a record: an ID number of its person was known. */
  readonly named: boolean;
}

/** What a record says of whom it speaks: its own id, and the keyed hashes of its ID number and phone, as far as it has them. */
export interface Speaking {
  readonly record: string | undefined;
  readonly idNumber: string | undefined;
  readonly phone: string | undefined;
}

/**
 * Does it speak of somebody who was erased? An ID number is a person (docs/decisions/0006): an erased one is he, another one is somebody else, unless the
 * record was erased when nobody knew its ID number. Without one, an erased record or phone is still his.
 */
export function speaksOfErased({ record, idNumber, phone }: Speaking, erased: ReadonlyMap<string, Remembered>): boolean {
  if (idNumber !== undefined && erased.has(idNumber)) return true;
  const was = record === undefined ? undefined : erased.get(record);
  if (idNumber !== undefined) return was?.named === false;
  return was !== undefined || (phone !== undefined && erased.has(phone));
}
