import { useCallback, useEffect, useState } from 'react';
import { follow, type LiveState } from '../kit/live.ts';

interface BoardNews {
  changed: number;
  at: string;
}

/** One stream for the whole page, however many lists listen to it. */
const hears = new Set<(news: BoardNews) => void>();
const watches = new Set<(live: LiveState) => void>();
let stop: (() => void) | null = null;
let live: LiveState = { state: 'connecting' };

const begin = () => {
  stop ??= follow<BoardNews>({
    path: '/api/board/stream',
    onValue: (news) => {
      for (const hear of hears) hear(news);
    },
    onState: (next) => {
      live = next;
      for (const watch of watches) watch(next);
    },
  });
};

/** Ended on signing out, so that the next person starts a stream of his own. */
export const endBoard = () => {
  stop?.();
  stop = null;
  live = { state: 'connecting' };
};

/** How many journeys changed since the list was read; `take` starts anew. Nothing on the screen moves by itself. */
export const useBoardNews = (): { changed: number; take: () => void } => {
  const [changed, setChanged] = useState(0);
  useEffect(() => {
    const hear = (news: BoardNews) => setChanged((sum) => sum + (news.changed ?? 0));
    hears.add(hear);
    begin();
    return () => void hears.delete(hear);
  }, []);
  return { changed, take: useCallback(() => setChanged(0), []) };
};

export const useBoardLive = (): LiveState => {
  const [state, setState] = useState(live);
  useEffect(() => {
    watches.add(setState);
    begin();
    return () => void watches.delete(setState);
  }, []);
  return state;
};
