/**
 * What a number typed into the search box is. Anything that may belong to a person goes into a request's body, never into an address;
 * only what is clearly a business number becomes `q`.
 */
export type Ask =
  | { how: 'nothing' }
  | { how: 'number'; q: string }
  | { how: 'service'; value: string }
  | { how: 'pair'; idNumber: string; phone: string }
  | { how: 'needs-phone'; idNumber: string };

/** An identity number by its form and its day of birth, so that other long numbers are not taken for one. */
const ID = /^(?:\d{6}(?:19|20)\d{2}|\d{8})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]?$/;
const MOBILE = /^(?:\+?86)?1\d{10}$/;
const LANDLINE = /^0\d{2,3}-?\d{7,8}$/;
/** Accounts of lines and mail boxes: a mobile number with something around it, an at sign, or a few letters and a short number. */
const ACCOUNT = /(^|[^\d])1\d{10}($|[^\d])|@|^[a-z]{1,6}\d{6,9}$/i;

const plain = (text: string) => text.replace(/[\s-]/g, '');
const isPhone = (text: string) => MOBILE.test(plain(text)) || LANDLINE.test(text);

/** `ask('990101199001011234 12900001234')` is a pair; a lone ID number is only half of one. */
export function ask(text: string): Ask {
  const words = text
    .trim()
    .split(/[\s,/\uff0c\u3001]+/)
    .filter(Boolean);
  const first = words[0];
  if (!first) return { how: 'nothing' };
  const id = words.find((word) => ID.test(word));
  if (id) {
    const phone = words.find((word) => word !== id && isPhone(word));
    return phone ? { how: 'pair', idNumber: id.toUpperCase(), phone: plain(phone) } : { how: 'needs-phone', idNumber: id.toUpperCase() };
  }
  const whole = words.join(' ');
  if (isPhone(whole)) return { how: 'service', value: plain(whole) };
  if (ACCOUNT.test(whole) || /^\d{7,12}$/.test(plain(whole)) || /\p{Script=Han}/u.test(whole)) return { how: 'service', value: whole };
  return { how: 'number', q: whole };
}

/** In which kinds a value that may be personal is looked for, one after the other, until something is found. */
export const KINDS_TO_TRY = ['serviceNumber', 'phone', 'order', 'ticket', 'trade', 'outletOrder', 'workOrder', 'parcel', 'case'] as const;
