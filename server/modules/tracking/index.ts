export { CHANGED } from './intake.ts';
