import type { CustomerSearch } from '#customer/contract';
import { ask } from '../layout/ask.ts';

export type Asked =
  | { readonly how: 'nothing' }
  | { readonly how: 'needs-phone' }
  | { readonly how: 'tried'; readonly one: readonly CustomerSearch[] };

const MOBILE = /^(?:\+?86)?1\d{10}$/;

/**
 * What was typed, as questions to be put one after the other until one finds somebody: an identity number goes with a phone; what looks like a phone
 * may also be the customer's number in his source, and the other way round.
 */
export function asked(text: string): Asked {
  const what = ask(text);
  switch (what.how) {
    case 'nothing':
    case 'needs-phone':
      return { how: what.how };
    case 'pair':
      return { how: 'tried', one: [{ idNumber: what.idNumber, phone: what.phone }] };
    case 'service':
      return {
        how: 'tried',
        one: MOBILE.test(what.value) ? [{ phone: what.value }, { key: what.value }] : [{ key: what.value }, { phone: what.value }],
      };
    case 'number':
      return { how: 'tried', one: [{ key: what.q }] };
  }
}
