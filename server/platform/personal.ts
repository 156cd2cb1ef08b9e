/** Personal values: the form in which they are compared, and the form in which they are shown. Pure; nothing here throws. */

export type PersonalKind = 'phone' | 'idNumber' | 'serviceNumber' | 'name' | 'address';

const DASHES = /[\u2010-\u2015\u2212\uFE63\uFF0D~-]/g;
const SPACES = /[\s\u200B-\u200D\u2060\uFEFF]/g;

/** Full-width forms become usual ones, what cannot be seen goes, ends are trimmed. */
const plain = (value: string): string =>
  value
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .trim();

const MOBILE = /^1\d{10}$/; // no area code with its number has this form

/** "+86 138-0000-0001" → "13800000001"; "(010) 6200 1234" and "+86 10 6200 1234" → "01062001234"; other countries keep their "+". */
function phone(value: string): string {
  const bare = plain(value)
    .replace(DASHES, '')
    .replace(SPACES, '')
    .replace(/[().·]/g, '');
  const home = bare.replace(/^(?:\+|00)86/, '');
  if (home !== bare) return MOBILE.test(home) || home.startsWith('0') || !/^\d{9,11}$/.test(home) ? home : `0${home}`;
  const short = bare.replace(/^86/, '');
  return MOBILE.test(short) ? short : bare;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The 18th sign of an identity number by GB 11643: ISO 7064 MOD 11-2 over the first 17 digits. */
export function idCheckSign(seventeen: string): string {
  const sum = WEIGHTS.reduce((s, w, i) => s + w * Number(seventeen[i]), 0);
  return '10X98765432'[sum % 11] as string;
}

/** Upper-case X; the 15 digits of before 2000 become 18 (century 19 and check sign put in). Other papers: upper case, no spaces or dashes. */
function idNumber(value: string): string {
  const bare = plain(value).replace(DASHES, '').replace(SPACES, '').toUpperCase();
  if (!/^\d{15}$/.test(bare)) return bare;
  const seventeen = `${bare.slice(0, 6)}19${bare.slice(6)}`;
  return seventeen + idCheckSign(seventeen);
}

const looksLikePhone = (value: string): boolean => /^\+?[\d\s().·\u2010-\u2015\u2212-]+$/.test(plain(value));

/** A phone number's form, or, of anything with letters in it, a broadband account's: trimmed, lower case. */
const serviceNumber = (value: string): string => (looksLikePhone(value) ? phone(value) : plain(value).toLowerCase());

/** "张 三" and "张三" are one name; the dot of transcribed names has one spelling; Latin letters in lower case. */
const personName = (value: string): string =>
  plain(value)
    .replace(/[•・‧∙⋅]/g, '·')
    .replace(/\s*·\s*/g, '·')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .toLowerCase();

const address = (value: string): string =>
  plain(value)
    .replace(DASHES, '-')
    .replace(/[\s,，、。;；]/g, '')
    .toLowerCase();

const NORMAL: Record<PersonalKind, (value: string) => string> = { phone, idNumber, serviceNumber, name: personName, address };

/** The form that is hashed and compared. Any other kind: full-width forms made usual, trimmed. */
export const normal = (kind: string, value: string): string => (NORMAL[kind as PersonalKind] ?? plain)(value);

const stars = (n: number): string => '*'.repeat(Math.max(n, 1));

/** First `head` and last `tail` signs, the rest stars; all stars when less than `hidden` signs would be hidden. */
function middle(value: string, head: number, tail: number, hidden: number): string {
  const signs = [...value];
  if (signs.length < head + tail + hidden) return stars(signs.length);
  return signs.slice(0, head).join('') + stars(signs.length - head - tail) + signs.slice(signs.length - tail).join('');
}

function maskPhone(value: string): string {
  const n = phone(value);
  if (!/^0\d{9,11}$/.test(n)) return middle(n, 3, n.length >= 11 ? 4 : 2, 3);
  return middle(n, /^0[12]\d/.test(n) ? 3 : 4, 4, 3); // 010 and 02x are area codes of three digits
}

function maskAccount(value: string): string {
  const n = plain(value).toLowerCase();
  const at = n.indexOf('@');
  const local = at < 0 ? n : n.slice(0, at);
  const shown = [...local].length >= 8 ? middle(local, 2, 2, 4) : middle(local, 1, 0, 3);
  return shown + (at < 0 ? '' : n.slice(at));
}

/** 张*, 欧**, "J*** S****": each word keeps its first sign. */
const maskName = (value: string): string =>
  plain(value)
    .split(/\s+/)
    .map((word) => ([...word].length < 2 ? stars(1) : middle(word, 1, 0, 1)))
    .join(' ');

const DISTRICT =
  /^(?:[^省市区县旗\s]{1,8}(?:省|自治区|特别行政区))?(?:[^省市区县旗\s]{1,8}(?:市|自治州|地区|盟))?(?:[^省市区县旗\s]{1,8}(?:(?<![小园社街厂校])区|县|旗|市))?/u;

/** What stands before and with the district stays; street, house and room never do. */
const maskAddress = (value: string): string => `${DISTRICT.exec(plain(value))?.[0] ?? ''}***`;

const MASK: Record<PersonalKind, (value: string) => string> = {
  phone: maskPhone,
  idNumber: (value) => (idNumber(value).length === 18 ? middle(idNumber(value), 2, 2, 14) : middle(idNumber(value), 1, 1, 3)),
  serviceNumber: (value) => (looksLikePhone(value) ? maskPhone(value) : maskAccount(value)),
  name: maskName,
  address: maskAddress,
};

/** How a value is shown to whoever may not see it: "138****0001", "99**************1X", "张*", "云州市东湖区***". Unknown kinds: "***". */
export const mask = (kind: string, value: string): string => (MASK[kind as PersonalKind] ?? (() => '***'))(value);
