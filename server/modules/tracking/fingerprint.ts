import { Bytes } from '#platform/bytes';
import type { SentEvent } from './event.ts';
import { digest } from './objects.ts';

/**
 * What tells an event from all others, and a repetition of it from a conflict. Written as bytes and hashed where they stand: every event pays for it, and
 * texts that are needed for a microsecond fill the memory like any others.
 */

const out = new Bytes(4_096);

/**
 * Identity: the source's own id, else the whole event. Content: everything but `seq`, for telling a conflict from a repetition.
 * `secret` goes before wherever the content may hold a person's values: an unkeyed digest of a phone number is found by trying them all.
 */
export function fingerprints(e: SentEvent, secret = ''): { identity: string; content: string } {
  contentInto(e, out.clear().signs(secret));
  const content = digest(out.written());
  if (e.id === undefined) contentInto(e, out.clear().signs(secret).put(`e\0${e.seq}\0`));
  else out.clear().put('i\0').signs(e.source).byte(0).signs(e.id);
  return { identity: digest(out.written()), content };
}

/** `canonical` of the event without `time` and `seq`. */
function contentInto(e: SentEvent, to: Bytes): void {
  to.put('{"at":');
  canonical(e.at, to);
  member(to, ',"data":', e.data);
  member(to, ',"handler":', e.handler);
  member(to, ',"id":', e.id);
  member(to, ',"keys":', e.keys);
  member(to, ',"person":', e.person);
  member(to, ',"scenario":', e.scenario);
  member(to, ',"source":', e.source);
  member(to, ',"type":', e.type);
  to.put('}');
}

function member(to: Bytes, name: string, value: unknown): void {
  if (value !== undefined) canonical(value, to.put(name));
}

/** JSON with keys in order at every depth: equal content gives equal bytes. */
export function canonical(x: unknown, to: Bytes): void {
  if (typeof x === 'string') to.quoted(x);
  else if (Array.isArray(x)) listInto(x, to);
  else if (typeof x === 'object' && x !== null) objectInto(x as Record<string, unknown>, to);
  else if (Number.isSafeInteger(x)) to.digits(x as number);
  else to.put(JSON.stringify(x) ?? 'null');
}

function listInto(list: readonly unknown[], to: Bytes): void {
  to.put('[');
  for (let i = 0; i < list.length; i++) {
    if (i > 0) to.put(',');
    canonical(list[i], to);
  }
  to.put(']');
}

function objectInto(o: Readonly<Record<string, unknown>>, to: Bytes): void {
  let n = 0;
  if (isOrdered(o)) for (const name in o) n = entryInto(to, n, name, o[name]);
  else for (const name of sorted(Object.keys(o))) n = entryInto(to, n, name, o[name]);
  to.put(n === 0 ? '{}' : '}');
}

/** Answers how many entries there are now. */
function entryInto(to: Bytes, n: number, name: string, value: unknown): number {
  if (value === undefined) return n;
  canonical(
    value,
    to
      .put(n === 0 ? '{' : ',')
      .quoted(name)
      .put(':'),
  );
  return n + 1;
}

/** Are its names in order, as most systems write them from one mould? */
function isOrdered(o: object): boolean {
  let before = '';
  for (const name in o) {
    if (name < before) return false;
    before = name;
  }
  return true;
}

const FEW = 16;

/** A few names are sorted faster by hand. */
function sorted(names: string[]): string[] {
  if (names.length > FEW) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i] as string;
    let at = i;
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}
