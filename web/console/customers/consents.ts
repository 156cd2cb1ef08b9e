import type { z } from 'zod';
import type { ConsentChange, CustomerCard } from '#customer/contract';
import { saidBy } from './sources.ts';

/** What a customer agreed to: for which purpose, through which touchpoint. True: he agreed; false: he refused; null: he never said. */

type Change = ConsentChange['consents'][number];
export type Purpose = Change['purpose'];
export type Touchpoint = Change['touchpoint'];
export type Given = boolean | null;
type Card = Pick<z.infer<typeof CustomerCard>, 'tags'>;

/** Every purpose and touchpoint of the contract: one that is missing here does not compile. */
const PURPOSE_ORDER: Record<Purpose, number> = { marketing: 0, research: 1, profiling: 2 };
const TOUCHPOINT_ORDER: Record<Touchpoint, number> = { call: 0, sms: 1, wechat: 2, app: 3, email: 4, visit: 5 };
export const PURPOSES = Object.keys(PURPOSE_ORDER) as Purpose[];
export const TOUCHPOINTS = Object.keys(TOUCHPOINT_ORDER) as Touchpoint[];

const DO_NOT_DISTURB = 'doNotDisturb';
/** `consent.sms` is marketing by SMS, `consent.research.sms` another purpose. */
const FLAG = /^consent\.(?:([a-z]+)\.)?([a-z]+)$/;

export type Flag = { readonly on: 'doNotDisturb' } | { readonly on: 'consent'; readonly purpose: Purpose; readonly touchpoint: Touchpoint };

/** What a flag's name says; null: it is no consent. */
export function flagOf(name: string): Flag | null {
  if (name === DO_NOT_DISTURB) return { on: 'doNotDisturb' };
  const [, purpose = 'marketing', touchpoint = ''] = FLAG.exec(name) ?? [];
  if (!Object.hasOwn(PURPOSE_ORDER, purpose) || !Object.hasOwn(TOUCHPOINT_ORDER, touchpoint)) return null;
  return { on: 'consent', purpose: purpose as Purpose, touchpoint: touchpoint as Touchpoint };
}

const key = (purpose: Purpose, touchpoint: Touchpoint): string => `${purpose}/${touchpoint}`;

/** What holds now, or what is to hold: by purpose and touchpoint. */
export interface Consents {
  readonly doNotDisturb: Given;
  readonly given: ReadonlyMap<string, Given>;
}

export function consentsOf({ tags }: Card): Consents {
  const given = new Map<string, Given>();
  let doNotDisturb: Given = null;
  for (const { name, value } of tags) {
    const flag = flagOf(name);
    if (flag === null || typeof value !== 'boolean') continue;
    if (flag.on === 'doNotDisturb') doNotDisturb = value;
    else given.set(key(flag.purpose, flag.touchpoint), value);
  }
  return { doNotDisturb, given };
}

export const givenIn = ({ given }: Consents, purpose: Purpose, touchpoint: Touchpoint): Given =>
  given.get(key(purpose, touchpoint)) ?? null;

export const withGiven = (consents: Consents, purpose: Purpose, touchpoint: Touchpoint, value: Given): Consents => ({
  ...consents,
  given: new Map([...consents.given, [key(purpose, touchpoint), value]]),
});

/** What must be said to come from one to the other. */
export function changesBetween(now: Consents, wished: Consents): Pick<ConsentChange, 'consents' | 'doNotDisturb'> {
  const consents = PURPOSES.flatMap((purpose) =>
    TOUCHPOINTS.flatMap((touchpoint) => {
      const given = givenIn(wished, purpose, touchpoint);
      return given === givenIn(now, purpose, touchpoint) ? [] : [{ purpose, touchpoint, given }];
    }),
  );
  return { consents, ...(wished.doNotDisturb !== now.doNotDisturb && { doNotDisturb: wished.doNotDisturb }) };
}

/** Sources that keep flags among these: their next file may say otherwise, until they are told. */
export function keepersOf({ tags }: Card, { consents, doNotDisturb }: Pick<ConsentChange, 'consents' | 'doNotDisturb'>): string[] {
  const isChanged = (flag: Flag | null): boolean => {
    if (flag === null) return false;
    if (flag.on === 'doNotDisturb') return doNotDisturb !== undefined;
    return consents.some((c) => c.purpose === flag.purpose && c.touchpoint === flag.touchpoint);
  };
  const kept = tags.filter(({ name, source }) => source !== null && saidBy(source) === 'source' && isChanged(flagOf(name)));
  return [...new Set(kept.map(({ source }) => source as string))];
}

export const countOf = ({ consents, doNotDisturb }: Pick<ConsentChange, 'consents' | 'doNotDisturb'>): number =>
  consents.length + (doNotDisturb === undefined ? 0 : 1);
