export { todayIn } from './bounds.ts';
export { type Meant, whoIsMeant } from './meant.ts';
export type { Plan } from './plan.ts';
export { atDesk, type DeskNow } from './routes.ts';
export { hashOf } from './sample.ts';
export { ask, type Caller, type Desk, type Question, within } from './service.ts';
