import { useEffect, useMemo, useState } from 'react';
import type { Counted } from '#audience/contract';
import { ApiRefusal } from '../../kit/api.ts';
import type { LeftAfter } from './builder.ts';
import { nodeAt, toDefinition, type Written } from './definition.ts';
import type { Purpose } from './purpose.ts';
import type { Group } from './tree.ts';
import { type Answered, useAnswer } from './useAnswer.ts';

/** Of how many a line's tag says nothing is asked once the definition has rested: it costs a count more for each line. */
const REST_MS = 500;

export interface Mistake {
  readonly path: string;
  /** It can be counted, though not for the purpose that was chosen. */
  readonly isOfPurpose: boolean;
  /** The server's sentence without the path. */
  readonly message: string;
  readonly id: string | undefined;
}

interface Counting {
  readonly written: Written;
  readonly count: Answered<Counted>;
  readonly left: ReadonlyMap<string, LeftAfter>;
  readonly mistake: Mistake | null;
}

/** Counts the tree for a purpose as it is changed: the number, what each line leaves, and the line that cannot be counted. */
export function useCount(root: Group, purpose: Purpose | null): Counting {
  const written = useMemo(() => toDefinition(root), [root]);
  const count = useAnswer<Counted>(
    '/api/audiences/count',
    useMemo(() => JSON.stringify({ where: written.where, ...(purpose && { purpose }) }), [written, purpose]),
  );
  const isSound = count.error === null;
  const unknown = useAnswer<Counted>(
    '/api/audiences/count',
    useMemo(() => (isSound ? JSON.stringify({ where: written.where, unknown: true }) : null), [written, isSound]),
    REST_MS,
  );
  const [left, setLeft] = useState<ReadonlyMap<string, LeftAfter>>(new Map());
  useEffect(() => {
    if (count.fresh && count.data) setLeft(leftAfter(count.data, unknown.fresh ? unknown.data : undefined, written));
  }, [count.fresh, count.data, unknown.fresh, unknown.data, written]);
  return { written, count, left, mistake: mistakeOf(count.error, written) };
}

/** Lines keep their figures by their own ids, so that a line that was moved takes them along until the next answer. */
export function leftAfter(counted: Counted, more: Counted | undefined, { paths }: Written): Map<string, LeftAfter> {
  const out = new Map<string, LeftAfter>();
  let before = counted.base;
  for (const [at, { path, count }] of counted.funnel.entries()) {
    const id = paths.get(path);
    const taken = before - count;
    const share = (n: number) => (counted.base > 0 ? n / counted.base : 0);
    const unknown = more?.funnel[at]?.path === path ? (more.funnel[at]?.unknown ?? null) : null;
    if (id !== undefined) out.set(id, { left: count, taken, unknown, share: share(count), takenShare: share(taken) });
    before = count;
  }
  return out;
}

function mistakeOf(error: unknown, { paths }: Written): Mistake | null {
  if (!(error instanceof ApiRefusal) || typeof error.details.path !== 'string') return null;
  const { path } = error.details;
  const message = error.message.replaceAll(path, '').replace(/^[\s:：,，]+/, '');
  return { path, isOfPurpose: error.code === 'audience.purpose-not-allowed', message, id: nodeAt(paths, path) };
}
