import type { Health, VersionState } from './contract.ts';

/** What a version may become: every state with the acts that move it, and where to. */
export const MOVES: Readonly<Record<VersionState, Readonly<Partial<Record<VersionAct, VersionState>>>>> = {
  draft: { begin: 'training', cancel: 'failed' },
  training: { finish: 'trained', fail: 'failed', cancel: 'failed' },
  trained: { publish: 'published' },
  published: { replace: 'retired', withdraw: 'retired' },
  retired: { publish: 'published' },
  failed: {},
};
export type VersionAct = 'begin' | 'finish' | 'fail' | 'cancel' | 'publish' | 'replace' | 'withdraw';

export const mayMove = (state: VersionState, act: VersionAct): boolean => MOVES[state][act] !== undefined;

/** Whoever writes scores of models; the audience engine keeps what begins so in the store until it is asked for. */
export const SOURCE = 'model';
export const sourceOf = (model: string): string => `${SOURCE}:${model}`;

/** A tag as far as it matters who may learn from it. */
export interface Candidate {
  readonly name: string;
  readonly purposes: readonly string[];
  readonly source: string | null;
  /** How it is made, where somebody wrote it down. */
  readonly rule: string | null;
  readonly hidden: boolean;
}

export type LeftOut = { readonly tag: string; readonly because: 'label' | 'lineage' | 'purpose' };
/** Why a tag took no part in a training. */
export type NotUsed = LeftOut['because'] | 'same-for-all' | 'not-observed';

/**
 * Whom a model may learn from: every shown tag that its purpose allows, but for the label, all that is made from it (a rule that names it, a rule that names
 * such a one, a score of a model that foresees it), and the model's own score.
 */
export function inputsFor(
  tags: readonly Candidate[],
  { label, score, purpose, foreseers }: { label: string; score: string; purpose: string; foreseers: readonly string[] },
): { inputs: string[]; leftOut: LeftOut[] } {
  const made = new Set([label, score, ...tags.filter((t) => foreseers.includes(t.name)).map((t) => t.name)]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const t of tags) {
      if (made.has(t.name) || t.rule === null || ![...made].some((name) => names(t.rule as string, name))) continue;
      made.add(t.name);
      grown = true;
    }
  }
  const shown = tags.filter((t) => !t.hidden);
  const because = (t: Candidate): LeftOut['because'] | null =>
    t.name === label ? 'label' : made.has(t.name) ? 'lineage' : t.purposes.includes(purpose) ? null : 'purpose';
  return {
    inputs: shown.filter((t) => because(t) === null).map((t) => t.name),
    leftOut: shown.flatMap((t) => {
      const why = because(t);
      return why === null ? [] : [{ tag: t.name, because: why }];
    }),
  };
}

const SIGN = /[\p{L}\p{N}_.-]/u;

/** Whether a rule's text names this tag, and not merely one whose name contains it. */
function names(rule: string, tag: string): boolean {
  for (let at = rule.indexOf(tag); at !== -1; at = rule.indexOf(tag, at + 1)) {
    const [before, after] = [rule[at - 1], rule[at + tag.length]];
    if ((before === undefined || !SIGN.test(before)) && (after === undefined || !SIGN.test(after) || endsSentence(rule, at + tag.length)))
      return true;
  }
  return false;
}

/** A full stop behind a name is no part of it. */
const endsSentence = (text: string, at: number): boolean =>
  text[at] === '.' && (text[at + 1] === undefined || !SIGN.test(text[at + 1] as string));

/* ── what is too good to be true ── */

const TOO_GOOD = 0.95;
const TOO_GOOD_ALONE = 0.9;

export type Warned =
  | { readonly kind: 'too-good'; readonly auc: number }
  | { readonly kind: 'alone'; readonly tag: string; readonly auc: number };

/** An AUC that is nearly always a column written afterwards, and each input that alone is one. */
export const warningsOf = (auc: number, inputs: readonly { readonly tag: string; readonly alone: number }[]): Warned[] => [
  ...(auc > TOO_GOOD ? [{ kind: 'too-good', auc } as const] : []),
  ...inputs.filter(({ alone }) => alone > TOO_GOOD_ALONE).map(({ tag, alone }) => ({ kind: 'alone', tag, auc: alone }) as const),
];

/* ── how a published model is doing ── */

/** From which figure on a model is watched, and from which it is to be trained again; null: it never is for that alone. */
export const LIMITS = [
  { figure: 'psi', watch: 0.1, again: 0.25 },
  { figure: 'inputPsi', watch: 0.25, again: null },
  { figure: 'aucDrop', watch: 0.03, again: 0.08 },
  { figure: 'ece', watch: 0.03, again: 0.06 },
] as const;
export type Figure = (typeof LIMITS)[number]['figure'];

/** The state by the worst of the figures that are known, and those that made it so. */
export function healthOf(figures: Readonly<Partial<Record<Figure, number | null>>>): { state: Health; because: Figure[] } {
  const graded = LIMITS.map(({ figure, watch, again }) => {
    const value = figures[figure] ?? null;
    const state: Health = value === null || value < watch ? 'good' : again !== null && value >= again ? 'again' : 'watch';
    return { figure, state };
  });
  const state = graded.some((g) => g.state === 'again') ? 'again' : graded.some((g) => g.state === 'watch') ? 'watch' : 'good';
  return { state, because: graded.filter((g) => g.state !== 'good').map((g) => g.figure) };
}

/* ── scores that wait for their outcome ── */

/** Copies of a day's scores are so many at most until the first of them is judged. */
const COPIES = 4;

/** Whether today's scores are to be kept until their outcome is known: `last` is the day of the latest copy. */
export const keepsCopy = (today: number, last: number | null, horizonDays: number): boolean =>
  last === null || today - last >= Math.max(1, Math.ceil(horizonDays / COPIES));

/** The copies whose outcome is known today, the oldest first. */
export const due = (copies: readonly number[], today: number, horizonDays: number): number[] =>
  copies.filter((day) => day + horizonDays <= today).sort((a, b) => a - b);
