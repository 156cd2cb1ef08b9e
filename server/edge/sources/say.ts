import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, refuse } from '#platform/result';

/** What is in the way of a feed, as the refusal that is shown. */
export const trouble = (code: string, details: Record<string, unknown>): Refused => new Refused(refuse(code, details));

/** An error's first line, without the address and the secrets that libraries like to quote. */
export const why = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  const said = (message || code || String(error)).split('\n')[0] ?? '';
  return said.replace(/\/\/[^/@\s]+@/g, '//').slice(0, 300);
};

/** Waits, at most until one of the signals; answers nothing and never throws. */
export const pause = async (ms: number, ...signals: AbortSignal[]): Promise<void> => {
  await sleep(ms, undefined, { signal: AbortSignal.any(signals), ref: false }).catch(() => undefined);
};
