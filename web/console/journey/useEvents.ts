import { useCallback, useMemo, useState } from 'react';
import type { z } from 'zod';
import type { EventsPage, EventView, JourneyDetail } from '#tracking/contract';
import { get } from '../../kit/api.ts';

/** While all pages are read, the screen is told once in so many milliseconds. */
const BREATH = 1000;

interface Rest {
  items: EventView[];
  cursor: string | null;
}

/** The events of a journey: the first thousand come with it, the rest page by page when asked for. */
export const useEvents = (journey: JourneyDetail) => {
  const [rest, setRest] = useState<Rest | null>(null);
  const [busy, setBusy] = useState(false);
  const cursor = rest ? rest.cursor : journey.nextCursor;
  const events = useMemo(() => {
    if (!rest) return journey.events;
    const known = new Set(journey.events.map((event) => event.ref));
    return [...journey.events, ...rest.items.filter((event) => !known.has(event.ref))];
  }, [journey.events, rest]);

  const page = useCallback(
    (at: string) => get<z.infer<typeof EventsPage>>(`/api/journeys/${encodeURIComponent(journey.id)}/events`, { cursor: at }),
    [journey.id],
  );
  const read = async (all: boolean) => {
    let next = cursor;
    const items = [...(rest?.items ?? [])];
    let shown = performance.now();
    setBusy(true);
    try {
      do {
        if (!next) break;
        const got = await page(next);
        items.push(...got.items);
        next = got.nextCursor;
        if (next && all && performance.now() - shown < BREATH) continue;
        shown = performance.now();
        setRest({ items: [...items], cursor: next });
      } while (all && next);
    } finally {
      setBusy(false);
    }
  };
  return { events, more: cursor !== null, busy, load: () => read(false), loadAll: () => read(true) };
};
