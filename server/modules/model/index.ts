export { type Column, columnBuilder } from './column.ts';
export { evaluate } from './crew.ts';
export { type Evaluation, foldCount, type Judged, type Trial, trialOf, whyNotJudged } from './evaluate.ts';
export { forgetObserved } from './forgetting.ts';
