import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackAnswer, TrackedOrder } from '#tracking/contract';
import { post } from '../kit/api.ts';
import { type Ask, ticketOf } from './ask.ts';

/** What the page shows. The question lives in memory only: to ask again in another language, never to be stored. */
export type View =
  | { at: 'form'; asking: boolean; miss: 'number' | 'person' | 'ticket' | null; error: unknown }
  | { at: 'loading' }
  | { at: 'orders'; orders: TrackedOrder[]; ticket: string | null };

const FORM: View = { at: 'form', asking: false, miss: null, error: null };

const kindOf = (ask: Ask) => ('ticket' in ask ? 'ticket' : 'serviceNumber' in ask ? 'number' : 'person');

/** Reads the ticket out of the address and takes it away, from the history too. */
const takeTicket = (): string | null => {
  const ticket = ticketOf(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return ticket;
};
const arrivedWith = takeTicket();

/** The page's one conversation with the server: ask, ask again, go back to the form. */
export const useTracking = () => {
  const { i18n } = useTranslation();
  const [view, setView] = useState<View>(arrivedWith ? { at: 'loading' } : FORM);
  const asked = useRef<Ask | null>(null);
  const running = useRef<AbortController | null>(null);

  const ask = useCallback(async (question: Ask, how: 'new' | 'again' | 'reword') => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const kind = kindOf(question);
    if (how === 'new') setView(kind === 'ticket' ? { at: 'loading' } : { ...FORM, asking: true });
    try {
      const { orders } = await post<TrackAnswer>('/api/track', question, { signal: mine.signal });
      if (orders.length === 0) return setView({ ...FORM, miss: kind });
      asked.current = question;
      if (how === 'new' && kind !== 'ticket') history.pushState({ found: true }, '');
      setView({ at: 'orders', orders, ticket: 'ticket' in question ? question.ticket : null });
    } catch (error) {
      if (mine.signal.aborted || how === 'reword') return;
      setView({ ...FORM, error });
    }
  }, []);

  const repeat = useCallback(
    (how: 'again' | 'reword') => {
      if (asked.current) void ask(asked.current, how);
    },
    [ask],
  );

  const leave = useCallback(() => {
    running.current?.abort();
    asked.current = null;
    setView(FORM);
  }, []);

  useEffect(() => {
    if (arrivedWith) void ask({ ticket: arrivedWith }, 'new');
    const onHash = () => {
      const ticket = takeTicket();
      if (ticket) void ask({ ticket }, 'new');
    };
    addEventListener('hashchange', onHash);
    addEventListener('popstate', leave);
    return () => {
      removeEventListener('hashchange', onHash);
      removeEventListener('popstate', leave);
    };
  }, [ask, leave]);

  // The sentences come from the server, so another language is another question.
  const spoken = useRef(i18n.language);
  useEffect(() => {
    if (spoken.current === i18n.language) return;
    spoken.current = i18n.language;
    repeat('reword');
  }, [i18n.language, repeat]);

  return { view, ask: (question: Ask) => void ask(question, 'new'), again: () => repeat('again'), leave };
};
