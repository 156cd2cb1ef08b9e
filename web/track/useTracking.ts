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

export interface Arrival {
  ticket: string;
  answer: Promise<TrackAnswer>;
}

/** For a page opened by a private link: asks at once, before anything is drawn. Call when the API knows its language. */
export const arrive = (): Arrival | null => {
  const ticket = takeTicket();
  if (!ticket) return null;
  const answer = post<TrackAnswer>('/api/track', { ticket });
  answer.catch(() => {}); // told where it is awaited
  return { ticket, answer };
};

/** The page's one conversation with the server: ask, ask again, go back to the form. */
export const useTracking = (arrival: Arrival | null) => {
  const { i18n } = useTranslation();
  const [view, setView] = useState<View>(arrival ? { at: 'loading' } : FORM);
  const asked = useRef<Ask | null>(null);
  const running = useRef<AbortController | null>(null);

  const ask = useCallback(async (question: Ask, how: 'new' | 'again' | 'reword', begun?: Promise<TrackAnswer>) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const kind = kindOf(question);
    if (how === 'new') setView(kind === 'ticket' ? { at: 'loading' } : { ...FORM, asking: true });
    try {
      const { orders } = await (begun ?? post<TrackAnswer>('/api/track', question, { signal: mine.signal }));
      if (mine.signal.aborted) return;
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
    if (arrival) void ask({ ticket: arrival.ticket }, 'new', arrival.answer);
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
  }, [arrival, ask, leave]);

  // The sentences come from the server, so another language is another question.
  const spoken = useRef(i18n.language);
  useEffect(() => {
    if (spoken.current === i18n.language) return;
    spoken.current = i18n.language;
    repeat('reword');
  }, [i18n.language, repeat]);

  return { view, ask: (question: Ask) => void ask(question, 'new'), again: () => repeat('again'), leave };
};
