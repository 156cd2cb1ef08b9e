import type { TagChange, TagKind, TagView } from '#tag/contract';

/** What stands in the form: empty texts where nothing is said. */
export interface Fields {
  name: string;
  kind: TagKind;
  names: { zh: string; en: string };
  meaning: { zh: string; en: string };
  rule: string;
  owner: string;
  refresh: string;
  speaksOf: string;
  confidence: number | null;
  purposes: NonNullable<TagChange['purposes']>;
  hidden: boolean;
  labels: { value: string; zh: string; en: string }[];
}

const NEW = { name: '', kind: 'flag' as TagKind, values: [], hidden: false, confidence: null, purposes: [] };
const NO_WORDS = { zh: '', en: '' };

export function fieldsOf(tag: TagView | null): Fields {
  const { name, kind, values, hidden, confidence, purposes } = tag ?? NEW;
  return {
    name,
    kind,
    hidden,
    confidence,
    names: tag?.names ?? NO_WORDS,
    meaning: tag?.meaning ?? NO_WORDS,
    rule: tag?.rule ?? '',
    owner: tag?.owner ?? '',
    refresh: tag?.refresh ?? '',
    speaksOf: tag?.speaksOf ?? '',
    purposes: [...purposes] as Fields['purposes'],
    labels: values.flatMap(({ value, zh, en }) => (typeof value === 'string' ? [{ value, zh, en }] : [])),
  };
}

const TEXTS = ['rule', 'owner', 'refresh', 'speaksOf'] as const;
const WORDS = ['names', 'meaning'] as const;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What differs from what stood there first; an emptied text takes back what was said. */
export function saidOf(fields: Fields, first: Fields): TagChange {
  const change: TagChange = {};
  for (const name of WORDS) {
    const { zh, en } = fields[name];
    if (zh !== first[name].zh || en !== first[name].en) change[name] = { zh, en };
  }
  for (const name of TEXTS) if (fields[name].trim() !== first[name]) change[name] = fields[name].trim() || null;
  if ((fields.confidence ?? null) !== first.confidence) change.confidence = fields.confidence ?? null;
  if (!same([...fields.purposes].sort(), [...first.purposes].sort())) change.purposes = fields.purposes;
  if ((fields.hidden ?? first.hidden) !== first.hidden) change.hidden = fields.hidden;
  const labels = first.labels.flatMap(({ value, zh, en }, i) => {
    const now = { value, zh: fields.labels?.[i]?.zh ?? zh, en: fields.labels?.[i]?.en ?? en };
    return now.zh !== zh || now.en !== en ? [now] : [];
  });
  return labels.length > 0 ? { ...change, values: labels } : change;
}
