export { book, type ScenarioBook } from './book.ts';
export { addWorkingSeconds, workingSeconds } from './calendar.ts';
export type { Calendar, Exception, Holder, Kind, Scenario, Wait } from './contract.ts';
export { calendarOf, journeyMilestone, termFor } from './promise.ts';
export { announcePublished, PUBLISHED, publishNext } from './service.ts';
export { calendars, exceptions, figures, holders, kinds, systems, waits } from './standard.ts';
export { draftById } from './store.ts';
export { offsetSpan } from './zone.ts';
