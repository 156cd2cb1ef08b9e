import { SaxesParser, type SaxesTag } from 'saxes';
import { bytesOf, headOf, type Meter, unreadable } from './bytes.ts';
import { type Encoding, markedEncoding, textOf } from './encoding.ts';
import { isRefusal, type Row, rawOf, refuse } from './event.ts';
import { eventOf, noFields, put, putField, type Rules, rulesOf } from './fields.ts';
import type { ImportMap } from './map.ts';
import { type Attributes, keepAttribute, type Nested } from './xes-attributes.ts';

type Found = { line: number; attributes: Attributes; spoiled: boolean };
type Trace = { attributes: Attributes; events: Found[]; spoiled: boolean };

/** Events of one trace are held until it ends (its attributes may follow them), but never more than this many. */
const heldEvents = 5_000;
/** A single value longer than this cannot be an event's (16 Mi characters): the file is no log. */
const longestValue = 16 * 1_048_576;

/** How the map reads a trace: which event attribute and which trace attribute goes where. */
type Plan = { event: Map<string, string[]>; trace: Map<string, string[]>; dropped: Set<string> };

const defaults = { type: 'concept:name', time: 'time:timestamp', handler: 'org:resource', id: 'identity:id' };

/** `key.KIND: concept:name` and `case:NAME` mean the trace's attribute; any other name the event's, else the trace's. */
export function planOf(map: ImportMap): Plan {
  const plan: Plan = { event: new Map(), trace: new Map(), dropped: new Set(map.drop) };
  const add = (to: string, name: string) => {
    const ofTrace = name.startsWith('case:') || (to.startsWith('key.') && name === 'concept:name');
    const targets = ofTrace ? plan.trace : plan.event;
    const attribute = ofTrace ? name.replace(/^case:/, '') : name;
    targets.set(attribute, [...(targets.get(attribute) ?? []), to]);
  };
  for (const [to, name] of Object.entries({ ...defaults, ...map.columns })) add(to, name);
  if (!(plan.trace.get('concept:name') ?? []).some((to) => to.startsWith('key.'))) add('key.case', 'concept:name');
  return plan;
}

/** The kinds of a log by its map, that of the trace's name first. */
export function kindsOfXes(map: ImportMap): string[] {
  const { trace, event } = planOf(map);
  const targets = [...(trace.get('concept:name') ?? []), ...[...trace.values()].flat(), ...[...event.values()].flat()];
  return [...new Set(targets.filter((to) => to.startsWith('key.')).map((to) => to.slice(4)))];
}

/** The encoding that the map, a byte order mark or the XML declaration names; UTF-8 otherwise, as XML says. */
async function encodingOf(file: string, map: ImportMap): Promise<Encoding> {
  if (map.encoding !== 'auto') return map.encoding === 'gbk' ? 'gb18030' : map.encoding;
  const head = await headOf(file, 200);
  const declared = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head.toString('latin1'))?.[1] ?? '';
  return markedEncoding(head) ?? (/^gb/i.test(declared) ? 'gb18030' : 'utf-8');
}

/**
 * A XES log's events in pieces, `.gz` or not. Lists become lists, nested attributes `outer.inner`. Throws `unreadable` where it is no XML
 * or no XES.
 */
export async function* readXes(file: string, map: ImportMap, now: number, meter?: Meter): AsyncGenerator<Row[]> {
  const out: Trace[] = [];
  const log = logParser(file, out);
  const rowsOf = rowMaker(planOf(map), rulesOf(map, now));
  for await (const text of textOf(bytesOf(file, meter), await encodingOf(file, map))) {
    log.write(text);
    yield out.splice(0).flatMap(rowsOf);
  }
  log.close();
  yield out.splice(0).flatMap(rowsOf);
}

function written(tag: SaxesTag, name: string): string | undefined {
  const value = tag.attributes[name];
  return typeof value === 'object' ? value.value : value;
}

/** Gives whole traces to `out` (long ones in parts). A character that XML forbids spoils its event, or all events of its trace. */
function logParser(file: string, out: Trace[]) {
  const parser = new SaxesParser({ position: true });
  const path: string[] = [];
  const nested: Nested[] = [];
  let trace: Trace | undefined;
  let event: Found | undefined;
  let fatal: Error | undefined;
  let sinceTag = 0;

  const give = () => {
    if (trace && trace.events.length > 0) out.push({ ...trace });
    if (trace) trace = { ...trace, events: [] };
  };
  const here = (): Attributes | undefined => nested.at(-1)?.inner ?? event?.attributes ?? trace?.attributes;

  parser.on('error', (error) => {
    if (!error.message.endsWith('disallowed character.')) fatal ??= unreadable(file, `it is no XML (${error.message.replace(/\.$/, '')})`);
    else if (event) event.spoiled = true;
    else if (trace) trace.spoiled = true;
  });
  parser.on('opentag', (tag: SaxesTag) => {
    sinceTag = 0;
    const name = tag.name.slice(tag.name.indexOf(':') + 1);
    if (path.length === 0 && name !== 'log') fatal ??= unreadable(file, `it is no XES log (its root is <${tag.name}>)`);
    path.push(name);
    if (name === 'trace') trace = { attributes: new Map(), events: [], spoiled: false };
    else if (name === 'event') event = { line: parser.line, attributes: new Map(), spoiled: false };
    else if (here() && name !== 'values')
      nested.push({ type: name, key: written(tag, 'key') ?? '', value: written(tag, 'value'), inner: new Map() });
  });
  parser.on('closetag', () => {
    sinceTag = 0;
    const name = path.pop();
    if (name === 'event' && event) {
      if (trace) trace.events.push(event);
      else out.push({ attributes: new Map(), events: [event], spoiled: false });
      event = undefined;
      if (trace && trace.events.length >= heldEvents) give();
      return;
    }
    if (name === 'trace') {
      give();
      trace = undefined;
      return;
    }
    const done = name === 'values' ? undefined : nested.pop();
    if (done) keepAttribute(done, here());
  });
  const attempt = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      fatal ??= unreadable(file, `it is no XML (${error instanceof Error ? error.message : error})`);
    }
    if (fatal) throw fatal;
  };
  return {
    write(text: string) {
      sinceTag += text.length;
      if (sinceTag > longestValue) throw unreadable(file, `a value at line ${parser.line} does not end within 16 MiB`);
      attempt(() => parser.write(text));
    },
    close: () => attempt(() => parser.close()),
  };
}

/**
 * The rows of one trace; its attributes that are no key go to the `data` of its first event, as `case:NAME` where the event has one of
 * that name.
 */
function rowMaker(plan: Plan, rules: Rules): (trace: Trace) => Row[] {
  let place = 0;
  const begun = new WeakSet<Attributes>();
  return (trace) =>
    trace.events.map((event) => {
      place++;
      const isFirst = !begun.has(trace.attributes);
      begun.add(trace.attributes);
      const { line } = event;
      const refused =
        event.spoiled || trace.spoiled
          ? refuse('event.bad-encoding', 'the event has bytes that are no text, or a forbidden character.')
          : undefined;
      const made = refused ?? eventOf(fieldsOf(event.attributes, trace.attributes, plan, isFirst), rules);
      if (!isRefusal(made)) return { line, place, event: made };
      const raw = rawOf(JSON.stringify({ trace: Object.fromEntries(trace.attributes), event: Object.fromEntries(event.attributes) }));
      return { line, place, rejected: made, raw };
    });
}

function fieldsOf(event: Attributes, trace: Attributes, plan: Plan, isFirst: boolean) {
  const fields = noFields();
  for (const [name, value] of event) {
    const to = plan.event.get(name);
    if (!to && !plan.dropped.has(name)) put(fields.data, name, value);
    for (const target of to ?? []) putField(fields, target, String(value));
  }
  for (const [name, value] of trace) {
    const to = [...(plan.trace.get(name) ?? []), ...(event.has(name) ? [] : traceFallback(plan, name))];
    for (const target of to) putField(fields, target, String(value));
    if (to.length > 0 || !isFirst || plan.dropped.has(name)) continue;
    put(fields.data, event.has(name) ? `case:${name}` : name, value);
  }
  return fields;
}

/** Targets of an event's attribute that the trace may serve instead; a trace's name, time or id are never an event's. */
const traceFallback = (plan: Plan, name: string) => (plan.event.get(name) ?? []).filter((to) => !(to in defaults));
