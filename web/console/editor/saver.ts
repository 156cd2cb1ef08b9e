import type { Draft, Scenario } from '#scenario/contract';
import { ApiRefusal } from '../../kit/api.ts';
import type { Basis, Found } from './drafts.ts';

/** Another's work that ours would overwrite: who, when, and what he has made of it. `by` is null where the draft was published or dropped. */
export interface Conflict {
  readonly by: string | null;
  readonly at: string | null;
  readonly theirs: Scenario;
  readonly basis: Basis;
}

export type Saving =
  | { is: 'same' }
  | { is: 'saved'; at: string; by: string }
  | { is: 'waiting' }
  | { is: 'saving' }
  | { is: 'incomplete' }
  | { is: 'conflict'; conflict: Conflict }
  | { is: 'failed'; error: unknown };

export interface Doors {
  save: (scenario: Scenario, basis: Basis) => Promise<Draft>;
  load: (id: string) => Promise<Found>;
}

/** How it stands, and the draft's revision as it lies on the server. */
export interface Standing {
  readonly saving: Saving;
  readonly revision: number;
}

export interface Saver {
  standing(): Standing;
  subscribe(hear: () => void): () => void;
  /** The draft as it is on show now. `complete`: it is of the agreed form and can be sent. */
  see(scenario: Scenario, complete: boolean): void;
  /** Saves now; answers whether all is kept. */
  flush(): Promise<boolean>;
  /** Goes on from another's draft. */
  settle(conflict: Conflict): void;
  stop(): void;
}

const QUIET_MS = 900;
const AGAIN_MS = 8_000;

const conflictOf = ({ draft, current }: Found): Conflict => ({
  by: draft?.editedBy ?? null,
  at: draft?.editedAt ?? null,
  theirs: (draft?.scenario ?? current)!,
  basis: { basedOn: current?.version ?? 0, revision: draft?.revision ?? 0 },
});

const isOvertaken = (error: unknown): boolean =>
  error instanceof ApiRefusal && (error.code === 'draft.changed' || error.code === 'draft.outdated');

/** Keeps a draft a moment after each change, one call at a time, tries again after a failure, and stops before overwriting another's work. */
export function makeSaver({ draft, current }: Found, doors: Doors): Saver {
  const heard = new Set<() => void>();
  let shown = { scenario: (draft?.scenario ?? current)!, complete: true };
  let kept = JSON.stringify(shown.scenario);
  let basis: Basis = { basedOn: draft?.basedOn ?? current?.version ?? 0, revision: draft?.revision ?? 0 };
  let rest: Saving = draft ? { is: 'saved', at: draft.editedAt, by: draft.editedBy } : { is: 'same' };
  let now: Standing = { saving: rest, revision: basis.revision };
  let running: Promise<boolean> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (saving: Saving) => {
    now = { saving, revision: basis.revision };
    for (const hear of heard) hear();
  };
  const differs = () => JSON.stringify(shown.scenario) !== kept;
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), ms);
  };

  async function send(): Promise<boolean> {
    say({ is: 'saving' });
    while (shown.complete && differs()) {
      const sent = shown.scenario;
      const done = await doors.save(sent, basis);
      kept = JSON.stringify(sent);
      basis = { basedOn: done.basedOn, revision: done.revision };
      rest = { is: 'saved', at: done.editedAt, by: done.editedBy };
    }
    say(differs() ? { is: 'incomplete' } : rest);
    return !differs();
  }
  async function give(error: unknown): Promise<boolean> {
    const found = isOvertaken(error) ? await doors.load(shown.scenario.id).catch(() => null) : null;
    if (found) say({ is: 'conflict', conflict: conflictOf(found) });
    else {
      say({ is: 'failed', error });
      later(AGAIN_MS);
    }
    return false;
  }
  const save = (): Promise<boolean> => {
    clearTimeout(timer);
    running ??= send()
      .catch(give)
      .finally(() => {
        running = null;
      });
    return running;
  };

  const see = (scenario: Scenario, complete: boolean) => {
    shown = { scenario, complete };
    if (running || now.saving.is === 'conflict') return;
    clearTimeout(timer);
    if (!differs()) {
      if (now.saving !== rest) say(rest);
      return;
    }
    say({ is: complete ? 'waiting' : 'incomplete' });
    if (complete) later(QUIET_MS);
  };

  return {
    standing: () => now,
    subscribe(hear) {
      heard.add(hear);
      return () => heard.delete(hear);
    },
    see,
    flush() {
      if (running) return running;
      if (!differs()) return Promise.resolve(true);
      return shown.complete && now.saving.is !== 'conflict' ? save() : Promise.resolve(false);
    },
    settle(conflict) {
      kept = JSON.stringify(conflict.theirs);
      basis = conflict.basis;
      rest = conflict.at === null ? { is: 'same' } : { is: 'saved', at: conflict.at, by: conflict.by ?? '' };
      say(rest);
      see(shown.scenario, shown.complete);
    },
    stop: () => clearTimeout(timer),
  };
}
