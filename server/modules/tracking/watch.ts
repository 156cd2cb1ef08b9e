import type { House } from '#platform/module';
import { CHANGED } from './intake.ts';

/** Who looks at which journey now: one announcement in, one frame per open page out. */
export interface Watch {
  /** Calls `look` when the journey may have changed; never twice at a time, and once more if it changed meanwhile. */
  journey(id: string, look: () => Promise<void>): () => void;
  /** Calls `look` with how many journeys changed, at most once a second. */
  all(look: (changed: number) => void): () => void;
}

export function makeWatch(house: House): Watch {
  const watchers = new Map<string, Set<() => void>>();
  const everything = new Set<(n: number) => void>();
  let changed = 0;
  let timer: NodeJS.Timeout | undefined;
  house.live.on(CHANGED, (payload) => {
    const ids = payload as string[];
    for (const id of ids) for (const w of watchers.get(id) ?? []) w();
    changed += ids.length;
    if (everything.size > 0)
      timer ??= setTimeout(() => {
        timer = undefined;
        const n = changed;
        changed = 0;
        for (const w of everything) w(n);
      }, 1_000);
  });
  return {
    journey(id, look) {
      let busy = false;
      let again = false;
      const run = () => {
        if (busy) {
          again = true;
          return;
        }
        busy = true;
        void look()
          .catch((e: unknown) => house.log.warn({ err: e }, 'a watcher could not look'))
          .finally(() => {
            busy = false;
            if (again) {
              again = false;
              run();
            }
          });
      };
      const set = watchers.get(id) ?? new Set();
      watchers.set(id, set.add(run));
      return () => {
        set.delete(run);
        if (set.size === 0) watchers.delete(id);
      };
    },
    all(look) {
      everything.add(look);
      return () => everything.delete(look);
    },
  };
}
