const began = performance.now();

/** A line for people who wait, with the seconds since the begin. */
export const say = (text: string): void => console.log(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${text}`);
