import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerLine } from '#customer/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { findCustomers } from '../customers/customers.ts';
import { asked } from '../customers/search.ts';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whom a text means: an id is believed, any other number is looked for. Several: he is to be chosen. */
export type Who =
  | { readonly is: 'nobody' | 'busy' }
  | { readonly is: 'one'; readonly id: string }
  | { readonly is: 'several'; readonly items: readonly CustomerLine[] }
  | { readonly is: 'said'; readonly text: string };

export function useWho(first: string): { who: Who; look: (text: string) => Promise<void>; choose: (id: string) => void } {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const running = useRef<AbortController | null>(null);
  const [who, setWho] = useState<Who>(first === '' ? { is: 'nobody' } : { is: 'one', id: first });
  const look = async (text: string) => {
    running.current?.abort();
    if (ID.test(text)) return setWho({ is: 'one', id: text.toLowerCase() });
    const what = asked(text);
    if (what.how === 'nothing') return setWho({ is: 'nobody' });
    if (what.how === 'needs-phone') return setWho({ is: 'said', text: t('search.needsPhone') });
    const attempt = new AbortController();
    running.current = attempt;
    setWho({ is: 'busy' });
    try {
      const items = await findCustomers(what.one, attempt.signal);
      const [only] = items;
      if (only === undefined) setWho({ is: 'said', text: t('customer.notFound') });
      else setWho(items.length === 1 ? { is: 'one', id: only.id } : { is: 'several', items });
    } catch (error) {
      if (!attempt.signal.aborted) setWho({ is: 'said', text: trouble(error) });
    }
  };
  return { who, look, choose: (id) => setWho({ is: 'one', id }) };
}
