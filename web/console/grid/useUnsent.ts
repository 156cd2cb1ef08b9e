import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Home } from '#place/contract';
import { ApiRefusal } from '../../kit/api.ts';
import { useMe } from '../session.ts';
import { sendVisit, useRefreshHomes } from './places.ts';
import { type Unsent, unsentIn, visitOf } from './unsent.ts';

const visits = unsentIn(() => sessionStorage);
const AGAIN_MS = 20_000;

/** What was typed of one home and is not yet noted, and how to keep it. */
export function useUnsent(home: string): [Unsent, (unsent: Unsent) => void] {
  const login = useMe().data?.login ?? '';
  const unsent = useSyncExternalStore(visits.hear, () => visits.of(login, home));
  return [unsent, useCallback((next: Unsent) => visits.keep(login, home, next), [login, home])];
}

/** The homes whose result is pressed and not yet noted; each is tried again when the connection is back, and now and then. */
export function useSendingUnsent(homes: readonly Home[]): { waiting: ReadonlySet<string>; send: () => void } {
  const login = useMe().data?.login ?? '';
  const refresh = useRefreshHomes();
  const queries = useQueryClient();
  const isSending = useRef(false);
  const named = useSyncExternalStore(visits.hear, () =>
    homes
      .filter((h) => h.visit === null && visits.of(login, h.id).result !== null)
      .map((h) => h.id)
      .join(' '),
  );
  const send = useCallback(async () => {
    if (isSending.current || queries.isMutating() > 0) return;
    isSending.current = true;
    let sent = 0;
    try {
      for (const id of named.split(' ').filter(Boolean)) {
        const visit = visitOf(visits.of(login, id));
        if (visit === undefined) continue;
        await sendVisit(id, visit).catch((error: unknown) => {
          if (!(error instanceof ApiRefusal)) throw error;
        });
        // Noted, or refused for good (somebody else was there first): the list says which.
        visits.keep(login, id, { note: '', result: null });
        sent++;
      }
    } catch {
      // Still no connection: what is left is tried again.
    } finally {
      isSending.current = false;
      if (sent > 0) await refresh();
    }
  }, [named, login, refresh, queries]);
  useEffect(() => {
    if (named === '') return;
    const again = () => void send();
    const timer = setInterval(again, AGAIN_MS);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [named, send]);
  return { waiting: new Set(named.split(' ').filter(Boolean)), send: () => void send() };
}
