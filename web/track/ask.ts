/** What a visitor asks for, and where it may come from. Nothing here is ever stored or put in the address. */

export type Ask = { serviceNumber: string } | { idNumber: string; phone: string } | { ticket: string };

/** The two ways of the form. */
export type Way = 'number' | 'person';

/** `#t=TICKET` → TICKET; anything else: null. */
export const ticketOf = (hash: string): string | null => {
  const found = /^#t=([^&]{1,200})$/.exec(hash)?.[1];
  if (!found) return null;
  try {
    return decodeURIComponent(found);
  } catch {
    return null;
  }
};

/** The private link that a ticket belongs to. */
export const linkOf = (ticket: string, page: { origin: string; pathname: string }): string =>
  `${page.origin}${page.pathname}#t=${encodeURIComponent(ticket)}`;

/** Full-width digits and letters as half-width; no spaces at the ends. The server brings the rest to normal form. */
const tidy = (text: string): string => text.normalize('NFKC').trim();

export type Fields = Record<'serviceNumber' | 'idNumber' | 'phone', string>;

/** The question in the form, or the first field that is empty. */
export const askOf = (way: Way, fields: Fields): { ask: Ask } | { missing: keyof Fields } => {
  const wanted = way === 'number' ? (['serviceNumber'] as const) : (['idNumber', 'phone'] as const);
  const missing = wanted.find((name) => !tidy(fields[name]));
  if (missing) return { missing };
  if (way === 'number') return { ask: { serviceNumber: tidy(fields.serviceNumber) } };
  return { ask: { idNumber: tidy(fields.idNumber), phone: tidy(fields.phone) } };
};
