export { contactsNamed, eraseContacts } from './intake.ts';
