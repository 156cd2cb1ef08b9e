export { type Meant, whoIsMeant } from './meant.ts';
export type { Plan } from './plan.ts';
export { hashOf } from './sample.ts';
