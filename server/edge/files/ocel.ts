import type { Meter } from './bytes.ts';
import { isRefusal, type Refusal, type Row, rawOf, refuse } from './event.ts';
import { eventOf, noFields, put, putField, type Rules, rulesOf, type Unnumbered } from './fields.ts';
import { badMap, type ImportMap } from './map.ts';
import { type Item, OcelEvent, ocelItems } from './ocel-items.ts';
import { type Objects, openObjects } from './ocel-objects.ts';

/**
 * The events of an OCEL 2.0 JSON file in its order; `line` is an event's place in the list `events`. Object types are kinds. `data`: the
 * event's attributes; `ocel:qualifiers` (object → qualifier); `ocel:objects` (objects that this event is the first to name, with
 * attributes and relations). Two passes, for an event names its objects without their types. Throws `unreadable`, and `badMap` where the
 * map has no `objects`.
 */
export async function* readOcel(file: string, map: ImportMap, now: number, meter?: Meter): AsyncGenerator<Row[]> {
  if (!map.objects) throw badMap(`${file} is OCEL: the map must say which object type is the root (objects.root) and which are no parts.`);
  const objects = openObjects(map.objects);
  try {
    for await (const items of ocelItems(file)) for (const item of items) objects.take(item);
    objects.link();
    const rules = rulesOf(map, now);
    for await (const items of ocelItems(file, meter)) {
      yield items.filter((item) => item.section === 'events').map((item) => rowOf(item, objects, map, rules));
    }
  } finally {
    objects.close();
  }
}

function rowOf(item: Item, objects: Objects, map: ImportMap, rules: Rules): Row {
  const at = { line: item.place, place: item.place };
  const made = eventOfItem(item, objects, map, rules);
  return isRefusal(made) ? { ...at, rejected: made, raw: rawOf(JSON.stringify(item.value)) } : { ...at, event: made };
}

function eventOfItem(item: Item, objects: Objects, map: ImportMap, rules: Rules): Unnumbered | Refusal {
  const checked = OcelEvent.safeParse(item.value);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    return refuse('event.bad-field', `${issue?.path.join('.') || 'event'}: ${issue?.message ?? 'is no OCEL event'}.`);
  }
  const event = checked.data;
  const fields = noFields();
  Object.assign(fields, { id: event.id, type: event.type, time: event.time });
  for (const { name, value } of event.attributes) {
    const to = Object.keys(map.columns).filter((target) => map.columns[target] === name);
    for (const target of to) putField(fields, target, String(value ?? ''));
    if (to.length === 0 && !map.drop.includes(name)) put(fields.data, name, value);
  }
  nameObjects(fields, event, objects.addedTo(item.place), objects);
  return eventOf(fields, rules);
}

/** Keys by object type; an object that the file does not describe is kept by its qualifier alone. */
function nameObjects(fields: ReturnType<typeof noFields>, event: OcelEvent, added: string[], objects: Objects): void {
  const qualifiers: Record<string, unknown> = {};
  const seen: Record<string, unknown> = {};
  for (const { objectId, qualifier } of event.relationships) {
    put(qualifiers, objectId, Object.hasOwn(qualifiers, objectId) ? [qualifiers[objectId], qualifier].flat() : qualifier);
  }
  for (const id of new Set([...event.relationships.map((relationship) => relationship.objectId), ...added])) {
    const kind = objects.typeOf(id);
    if (kind !== undefined && id !== '') fields.keys.push([kind, [id]]);
    const about = objects.firstSight(id);
    if (about) put(seen, id, about);
  }
  if (Object.keys(qualifiers).length > 0) fields.data['ocel:qualifiers'] = qualifiers;
  if (Object.keys(seen).length > 0) fields.data['ocel:objects'] = seen;
}
