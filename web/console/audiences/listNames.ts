/** Names of customers as people paste them. */

/** The door takes no more at once. */
export const MOST_NAMES = 100_000;

/** One customer a line; a column or a row copied out of a table is one as well, quotes and a byte order mark are no part of a name. */
export const namesIn = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/[\s,;，；]+/)
    .map((name) => name.replace(/^"(.*)"$/, '$1'))
    .filter(Boolean);
