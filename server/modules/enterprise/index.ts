export { eraseContacts } from './intake.ts';
