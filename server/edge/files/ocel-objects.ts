import { joins, type Roles } from './map.ts';
import { type Item, OcelEvent, OcelObject } from './ocel-items.ts';
import { temporaryStore } from './repeats.ts';
import { detached } from './texts.ts';

export type Objects = {
  take(item: Item): void;
  /** Works out what the object–object relations add to which event; after the last `take`. */
  link(): void;
  typeOf(id: string): string | undefined;
  /** The object as written, the first time it is asked for; then undefined. */
  firstSight(id: string): object | undefined;
  /** Objects that the event at this place is to name besides its own. */
  addedTo(place: number): string[];
  close(): void;
};

/** Of one object this many attributes and relationships go to the event that shows it first. */
const shownOfObject = 200;
/** A walk from an object without a root through objects without events looks at no more than this many. */
const walk = 1_000;

const tables = `
  CREATE TABLE object (id TEXT PRIMARY KEY, type TEXT NOT NULL, about TEXT NOT NULL, shown INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
  CREATE TABLE related (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
  CREATE TABLE named (place INTEGER NOT NULL, object TEXT NOT NULL, PRIMARY KEY (place, object)) WITHOUT ROWID;
  CREATE TABLE added (place INTEGER NOT NULL, object TEXT NOT NULL, PRIMARY KEY (place, object)) WITHOUT ROWID;
  BEGIN`;

/**
 * The objects of an OCEL log and which of its events name them, in a temporary file beside memory, for there may be any number. An event
 * names its objects in one flat list, so an object–object relation is told by adding one of the two to an event that names the other,
 * where no event names both: the event that names the fewest objects, the first of equals. Which is added to which is chosen so that
 * journeys get what the relation says and nothing else: a root to its part's event; an asset or context to the root's or part's; a part
 * without any root gets its nearest related parts, through such as no event names. Two roots are only related: their relation stays in
 * `data`.
 */
export function openObjects(roles: Roles): Objects {
  const store = temporaryStore();
  store.exec(tables);
  const sql = {
    object: store.prepare('INSERT OR IGNORE INTO object (id, type, about) VALUES (?, ?, ?)'),
    relate: store.prepare('INSERT OR IGNORE INTO related VALUES (?, ?)'),
    name: store.prepare('INSERT OR IGNORE INTO named VALUES (?, ?)'),
    add: store.prepare('INSERT OR IGNORE INTO added VALUES (?, ?)'),
    type: store.prepare('SELECT type FROM object WHERE id = ?'),
    show: store.prepare('UPDATE object SET shown = 1 WHERE id = ? AND shown = 0 RETURNING about'),
    added: store.prepare('SELECT object FROM added WHERE place = ?'),
  };
  const types = new Map<string, string | undefined>();
  const shown = new Set<string>();
  let objectsCame = false;
  let anyRelated = false;

  const typeOf = (id: string): string | undefined => {
    if (types.has(id)) return types.get(id);
    const type = sql.type.get(id)?.type as string | undefined;
    if (types.size > 50_000) types.clear();
    types.set(detached(id), type);
    return type;
  };

  return {
    take(item) {
      if (item.section === 'objects') {
        const object = OcelObject.safeParse(item.value);
        objectsCame = true;
        if (!object.success) return;
        const { id, type, attributes, relationships } = object.data;
        const about = { type, attributes: attributes.slice(0, shownOfObject), relationships: relationships.slice(0, shownOfObject) };
        sql.object.run(id, type, JSON.stringify(about));
        for (const { objectId } of relationships) {
          if (objectId === id) continue;
          anyRelated = true;
          sql.relate.run(id, objectId);
          sql.relate.run(objectId, id);
        }
      }
      if (item.section !== 'events' || (objectsCame && !anyRelated)) return;
      const event = OcelEvent.safeParse(item.value);
      for (const { objectId } of event.success ? event.data.relationships : []) sql.name.run(item.place, objectId);
    },
    link() {
      if (!anyRelated) return;
      store.exec('CREATE INDEX named_object ON named (object, place)');
      const rank = (id: string) => {
        const type = typeOf(id);
        if (type === undefined) return 'unknown';
        return type === roles.root ? 'root' : joins(roles, type) ? 'part' : 'other';
      };
      linkObjects(store, rank, (place, object) => sql.add.run(place, object));
    },
    typeOf,
    firstSight(id) {
      if (shown.has(id)) return undefined;
      const row = sql.show.get(id);
      if (shown.size > 50_000) shown.clear();
      shown.add(detached(id));
      const about = row ? (JSON.parse(String(row.about)) as { attributes: unknown[]; relationships: unknown[] }) : undefined;
      return about && about.attributes.length + about.relationships.length > 0 ? about : undefined;
    },
    addedTo: (place) => (anyRelated ? sql.added.all(place).map((row) => String(row.object)) : []),
    close: () => store.close(),
  };
}

type Rank = 'root' | 'part' | 'other' | 'unknown';

function linkObjects(
  store: ReturnType<typeof temporaryStore>,
  rank: (id: string) => Rank,
  add: (place: number, object: string) => void,
): void {
  const sql = {
    objects: store.prepare('SELECT DISTINCT a FROM related'),
    neighbours: store.prepare('SELECT b FROM related WHERE a = ?'),
    together: store.prepare('SELECT 1 FROM named x JOIN named y ON y.place = x.place AND y.object = ? WHERE x.object = ? LIMIT 1'),
    carrier: store.prepare(
      'SELECT place FROM named n WHERE object = ? ORDER BY (SELECT count(*) FROM named o WHERE o.place = n.place), place LIMIT 1',
    ),
    rooted: store.prepare('SELECT o.object FROM named n JOIN named o ON o.place = n.place WHERE n.object = ?'),
  };
  const neighbours = (id: string) => sql.neighbours.all(id).map((row) => String(row.b));
  const carriers = new Map<string, number | undefined>();
  const carrier = (id: string): number | undefined => {
    if (!carriers.has(id)) {
      if (carriers.size > 10_000) carriers.clear();
      carriers.set(id, sql.carrier.get(id)?.place as number | undefined);
    }
    return carriers.get(id);
  };
  const attach = (object: string, to: string) => {
    const place = carrier(to);
    if (place !== undefined && !sql.together.get(object, to)) add(place, object);
  };

  for (const row of sql.objects.iterate()) {
    const id = String(row.a);
    const mine = rank(id);
    if (mine === 'unknown') continue;
    const near = neighbours(id);
    const roots = near.filter((other) => rank(other) === 'root');
    if (mine === 'other') for (const other of near.filter((one) => rank(one) === 'root' || rank(one) === 'part')) attach(id, other);
    if (mine !== 'part') continue;
    if (carrier(id) === undefined) {
      if (roots.length === 1 && roots[0] !== undefined) attach(id, roots[0]);
      continue;
    }
    for (const root of roots) attach(root, id);
    const isRooted = roots.length > 0 || sql.rooted.all(id).some((found) => rank(String(found.object)) === 'root');
    if (!isRooted) for (const other of nearest(id, neighbours, rank, carrier)) attach(other, id);
  }
}

/** The nearest related objects that lead somewhere: parts that events name, or roots; through parts that no event names. */
function nearest(
  from: string,
  neighbours: (id: string) => string[],
  rank: (id: string) => Rank,
  carrier: (id: string) => unknown,
): string[] {
  const seen = new Set([from]);
  for (let ring = [from]; ring.length > 0 && seen.size < walk; ) {
    const next = ring.flatMap(neighbours).filter((id) => !seen.has(id) && seen.add(id));
    const found = next.filter((id) => rank(id) === 'root' || (rank(id) === 'part' && carrier(id) !== undefined));
    if (found.length > 0) return found;
    ring = next.filter((id) => rank(id) === 'part');
  }
  return [];
}
