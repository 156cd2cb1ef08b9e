import type { Sql } from '#platform/db';
import type { Exception, Holder, Scenario, Wait } from './contract.ts';
import { exceptions, holders, standardScenarios, waits } from './standard.ts';
import * as store from './store.ts';

/** Every published version of every scenario, in memory: the fold asks for them a hundred thousand times a second. */
export interface ScenarioBook {
  current(id: string): Scenario | undefined;
  version(id: string, version: number): Scenario | undefined;
  list(): readonly Scenario[];
  reload(sql: Sql): Promise<void>;
  /** Counts reloads: whoever keeps something made of scenarios asks whether it is still the same edition. */
  edition(): number;
  readonly words: { readonly waits: readonly Wait[]; readonly exceptions: readonly Exception[]; readonly holders: readonly Holder[] };
}

export function makeBook(): ScenarioBook {
  let versions = new Map<string, Scenario>();
  let newest = new Map<string, Scenario>();
  let edition = 0;
  const take = (all: readonly Scenario[]) => {
    versions = new Map(all.map((s) => [`${s.id} ${s.version}`, s]));
    newest = new Map(all.toSorted((a, b) => a.version - b.version).map((s) => [s.id, s]));
    edition++;
  };
  take(standardScenarios());
  return {
    current: (id) => newest.get(id),
    version: (id, version) => versions.get(`${id} ${version}`),
    list: () => [...newest.values()],
    reload: async (sql) => take(await store.allVersions(sql)),
    edition: () => edition,
    words: { waits: waits(), exceptions: exceptions(), holders: holders() },
  };
}

/** The one book of this process. */
export const book: ScenarioBook = makeBook();
