import { Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import { type Problem, type PromiseTerm, Scenario, type Step } from '#scenario/contract';
import { lengthCode, lengthOf } from './length.ts';
import { problemsOf } from './shape.ts';

/**
 * A scenario as text, in the form of the standard files (`server/modules/scenario/standard`): lengths as `4m`, `within` for a promise's
 * `seconds`, what is false left out. Whole both ways: what is read is what was written.
 */

const yes = <T extends object>(name: string, value: boolean, more: T) => ({ ...more, ...(value && { [name]: true }) });

const lengthOrNone = (seconds: number) => (seconds === 0 ? 0 : lengthCode(seconds));

const writtenStep = ({ source, type, p50, p90, optional, closes }: Step) =>
  yes('closes', closes, yes('optional', optional, { source, type, p50: lengthOrNone(p50), p90: lengthOrNone(p90) }));

const writtenTerm = ({ seconds, clock, milestone, ...rest }: PromiseTerm) => ({
  milestone,
  within: lengthCode(seconds),
  ...(clock !== 'running' && { clock }),
  ...rest,
});

const written = (s: Scenario) => ({
  ...s,
  stages: s.stages.map(({ optional, ...stage }) => yes('optional', optional, stage)),
  milestones: s.milestones.map(({ id, names, stage, holder, optional, steps }) => ({
    ...yes('optional', optional, { id, names, stage, holder }),
    steps: steps.map(writtenStep),
  })),
  promise: { names: s.promise.names, slot: s.promise.slot, terms: s.promise.terms.map(writtenTerm) },
});

const ONE_LINE = [
  /^names$/,
  /^root$/,
  /^stages\.\d+$/,
  /^milestones\.\d+\.(names|steps\.\d+)$/,
  /^promise\.terms\.\d+$/,
  /^waits$/,
  /^exceptions$/,
];

function flatten(node: unknown, path: string): void {
  if (!isMap(node) && !isSeq(node)) return;
  if (ONE_LINE.some((form) => form.test(path))) {
    node.flow = true;
    return;
  }
  if (isSeq(node)) for (const [i, item] of node.items.entries()) flatten(item, path ? `${path}.${i}` : `${i}`);
  if (isMap(node))
    for (const pair of (node as YAMLMap<{ value: string }>).items) flatten(pair.value, path ? `${path}.${pair.key.value}` : pair.key.value);
}

export function writeScenario(scenario: Scenario): string {
  const document = new Document(written(scenario));
  flatten(document.contents, '');
  return document.toString({ lineWidth: 140, flowCollectionPadding: true, singleQuote: true });
}

type Found = z.infer<typeof Problem>;
type Loose = Record<string, unknown>;

const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
const each = (list: unknown, read: (item: Loose) => Loose): unknown =>
  Array.isArray(list) ? list.map((item) => (isRecord(item) ? read(item) : item)) : list;
/** A figure without a unit is none but zero; what cannot be read is left for the form's own check to refuse. */
const seconds = (value: unknown): unknown =>
  typeof value === 'string' && !/^[1-9]\d*$/.test(value) ? (lengthOf(value) ?? value) : value === 0 ? 0 : String(value);

const readStep = (step: Loose): Loose => ({ optional: false, closes: false, ...step, p50: seconds(step.p50), p90: seconds(step.p90) });
const readTerm = ({ within, ...term }: Loose): Loose => ({ clock: 'running', ...term, seconds: seconds(within) });

function unwritten(text: Loose): Loose {
  const { promise } = text;
  return {
    ...text,
    stages: each(text.stages, (stage) => ({ optional: false, ...stage })),
    milestones: each(text.milestones, (m) => ({ optional: false, ...m, steps: each(m.steps, readStep) })),
    promise: isRecord(promise) ? { ...promise, terms: each(promise.terms, readTerm) } : promise,
  };
}

/** The scenario that the text says, or what is wrong with it: a place in the scenario, or `line 4` where it cannot be read at all. */
export function readScenario(text: string): { scenario: Scenario } | { problems: Found[] } {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ linePos, code, message }) => ({
        path: `line ${linePos?.[0].line ?? 1}`,
        code: `text-${code}`,
        names: {
          zh: `第 ${linePos?.[0].line ?? 1} 行读不懂：${message.split(' at line')[0]}`,
          en: `Line ${linePos?.[0].line ?? 1} cannot be read: ${message.split(' at line')[0]}`,
        },
      })),
    };
  }
  const value: unknown = document.toJS();
  const answer = Scenario.safeParse(isRecord(value) ? unwritten(value) : value);
  return answer.success ? { scenario: answer.data } : { problems: problemsOf(answer.error.issues) };
}
