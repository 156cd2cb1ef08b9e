import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Scenario } from '#scenario/contract';
import { type Found, loadEditor, saveDraft } from './drafts.ts';
import { makeSaver, type Saver, type Standing } from './saver.ts';

/** The draft on show, kept as it changes. */
export function useSaving(scenario: Scenario, complete: boolean, found: Found): Standing & Pick<Saver, 'flush' | 'settle'> {
  const [saver] = useState(() => makeSaver(found, { save: saveDraft, load: loadEditor }));
  const standing = useSyncExternalStore(saver.subscribe, saver.standing);
  useEffect(() => saver.see(scenario, complete), [saver, scenario, complete]);
  useEffect(() => saver.stop, [saver]);
  return { ...standing, flush: saver.flush, settle: saver.settle };
}
