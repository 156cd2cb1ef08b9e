import type { TagView } from '#tag/contract';
import type { Condition } from './tree.ts';

/** What people are counted for, as the catalogue of tags has it. */

export const PURPOSES = ['service', 'marketing', 'analysis', 'risk'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const purposeIn = (text: string | undefined): Purpose | null => PURPOSES.find((one) => one === text) ?? null;

/** Stands as source of the tags that the program keeps itself: they belong to every purpose. */
const OURS = 'glasshouse';

export const isAllowed = ({ source, purposes }: Pick<TagView, 'source' | 'purposes'>, purpose: Purpose): boolean =>
  source === OURS || purposes.includes(purpose);

/** The tag that a condition looks at; empty where it looks at none, or at what others saved. */
export const tagAsked = (what: Condition): string => (what.on === 'tag' ? what.tag : what.on === 'top' ? what.by : '');
