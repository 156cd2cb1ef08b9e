/** Attributes of an event or a trace by key, in the order of the file. */
export type Attributes = Map<string, unknown>;

/** An attribute element that is still open; `inner`: attributes inside it. */
export type Nested = { type: string; key: string; value: string | undefined; inner: Attributes };

/**
 * Puts a closed attribute where it belongs: texts, dates and ids as text, numbers that keep every digit and booleans as such, a list as a
 * list of its values, attributes inside another as `outer.inner`. What has no key is not an attribute.
 */
export function keepAttribute(done: Nested, into: Attributes | undefined): void {
  if (!into || done.key === '') return;
  if (done.type === 'list') {
    add(into, done.key, [...done.inner.values()].flat());
    return;
  }
  if (done.value !== undefined) add(into, done.key, typed(done.type, done.value));
  for (const [key, value] of done.inner) add(into, `${done.key}.${key}`, value);
}

/** An attribute that comes twice keeps both values. */
function add(into: Attributes, key: string, value: unknown): void {
  into.set(key, into.has(key) ? [into.get(key), value].flat() : value);
}

function typed(type: string, value: string): unknown {
  if (type === 'boolean' && /^(?:true|false|0|1)$/.test(value)) return value === 'true' || value === '1';
  if ((type === 'int' || type === 'float') && String(Number(value)) === value) return Number(value);
  return value;
}
