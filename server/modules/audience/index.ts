export { todayIn } from './bounds.ts';
export { atDesk, type DeskNow } from './routes.ts';
export { ask, type Caller, type Desk, type Question, within } from './service.ts';
