/** Probabilities and log-odds; natural logarithms everywhere. */

/** The probability of these log-odds. */
export const sigmoid = (logOdds: number): number => (logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : 1 - 1 / (1 + Math.exp(logOdds)));

/** The log-odds of this probability, strictly between 0 and 1. */
export const logit = (probability: number): number => Math.log(probability / (1 - probability));

/** −log of the probability that these log-odds give to what was seen (1 or 0); never infinite for finite log-odds. */
export const surprise = (logOdds: number, seen: number): number =>
  Math.max(logOdds, 0) - logOdds * seen + Math.log1p(Math.exp(-Math.abs(logOdds)));

/** Mean surprise over all rows: the log loss. */
export function logLossOf(logOdds: Float64Array, label: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < label.length; row++) sum += surprise(logOdds[row]!, label[row]!);
  return sum / label.length;
}

/** Log-odds of the share of ones, as if half a one and half a zero had been seen besides, so that it is finite. */
export function priorOf(label: Uint8Array): number {
  let ones = 0;
  for (const one of label) ones += one;
  return logit((ones + 0.5) / (label.length + 1));
}
