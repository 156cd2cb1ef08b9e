import type { House } from '#platform/module';
import { CHANGED } from './intake.ts';

/** Who looks at which journey now: one announcement in, one frame per open page out. */
export interface Watch {
  /** Calls `look` when the journey may have changed; never twice at a time, and once more if it changed meanwhile. */
  journey(id: string, look: () => Promise<void>): () => void;
  /** Calls `look` with the journeys that changed, at most once a second. */
  all(look: (changed: ReadonlySet<string>) => Promise<void>): () => void;
}

export function makeWatch(house: House): Watch {
  const watchers = new Map<string, Set<() => void>>();
  const everything = new Set<(ids: ReadonlySet<string>) => Promise<void>>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  house.live.on(CHANGED, (payload) => {
    const ids = payload as string[];
    for (const id of ids) for (const w of watchers.get(id) ?? []) w();
    if (everything.size === 0) return;
    for (const id of ids) changed.add(id);
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      const now = changed;
      changed = new Set();
      for (const w of everything) void w(now).catch((e: unknown) => house.log.warn({ err: e }, 'a watcher could not look'));
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
