import type { Page } from 'playwright-core';

/** A browser's tab that did nothing any more. */
export class StoodStill extends Error {}

/**
 * An act of a page that has no limit of its own (`evaluate`, `setViewportSize`), with one: half a minute.
 * @throws StoodStill with the act's name
 */
export function within<T>(what: string, act: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new StoodStill(`${what}: nothing for 30 s`)), 30_000);
  });
  return Promise.race([act, late]).finally(() => clearTimeout(timer));
}

/** Two frames; a second where the browser draws none, as it rarely does without a screen. */
export function drawn(page: Page, what: string): Promise<unknown> {
  return within(
    `${what}: drawing`,
    page.evaluate(
      () =>
        new Promise((done) => {
          setTimeout(done, 1000);
          requestAnimationFrame(() => requestAnimationFrame(done));
        }),
    ),
  );
}
