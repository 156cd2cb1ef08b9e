import { book } from '#scenario';
import type { MilestonePlace, Rank, StagePlace } from './analysis-store.ts';
import { planOf } from './folding.ts';
import type { Plan } from './plan.ts';

/** Where every step, stage and milestone of every published version stands, for statements that cannot ask a plan. */

interface Places {
  readonly ranks: readonly Rank[];
  readonly stages: readonly StagePlace[];
  readonly milestones: readonly MilestonePlace[];
}

let known: { edition: number; places: Places } | undefined;

const places = (): Places => {
  if (known?.edition !== book.edition()) known = { edition: book.edition(), places: makePlaces() };
  return known.places;
};

const of = <T extends { readonly scenario: string }>(all: readonly T[], scenario: string | undefined): readonly T[] =>
  scenario === undefined ? all : all.filter((x) => x.scenario === scenario);

/** Each of one scenario, or of all. */
export const ranks = (scenario: string | undefined): readonly Rank[] => of(places().ranks, scenario);
export const stagePlaces = (scenario: string | undefined): readonly StagePlace[] => of(places().stages, scenario);
export const milestonePlaces = (scenario: string | undefined): readonly MilestonePlace[] => of(places().milestones, scenario);

function makePlaces(): Places {
  const plans = book.list().flatMap(({ id, version }) => Array.from({ length: version }, (_, i) => planOf(id, i + 1) ?? []).flat());
  return {
    ranks: plans.flatMap(ranksOf),
    stages: plans.flatMap(({ scenario: { id, version, stages }, stageMilestones }) =>
      stages.map((s, place) => ({ scenario: id, version, place, stage: s.id, milestones: stageMilestones[place] ?? [] })),
    ),
    milestones: plans.flatMap(({ scenario: { id, version, milestones } }) =>
      milestones.map((m, place) => ({ scenario: id, version, place, milestone: m.id })),
    ),
  };
}

/** As `stepOf` finds them: of the event's own source where several sources may say it, else the first of its type. */
function ranksOf({ scenario: { id, version }, steps }: Plan): Rank[] {
  const out: Rank[] = [];
  for (const [type, all] of steps) {
    const put = (source: string, rank: number) => out.push({ scenario: id, version, type, source, rank });
    if (all[0] !== undefined) put('', all[0].rank);
    if (all.length > 1) for (const s of new Map(all.toReversed().map((one) => [one.source, one])).values()) put(s.source, s.rank);
  }
  return out;
}
