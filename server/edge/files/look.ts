import { bytesOf, isUnreadable } from './bytes.ts';
import { encodingOf } from './csv.ts';
import { textOf } from './encoding.ts';
import { framer } from './frame.ts';
import { guessMap } from './guess.ts';
import { type ImportMap, isBadMap, parseMap } from './map.ts';
import { formOf, readEvents } from './read.ts';
import { cellsOfStart, delimiterOf, uniqueNames } from './records.ts';
import { type Changes, remapped, shownMap } from './remap.ts';

const SHOWN = 20;
/** Characters of a CSV that its columns and samples are taken from. */
const START = 65_536;
const SAMPLES = 3;
const SAMPLE_LENGTH = 80;

interface Column {
  readonly name: string;
  /** Different values of the first rows, cut short. */
  readonly samples: string[];
}

interface Look {
  readonly path: string;
  readonly name: string;
  readonly map: string;
  readonly changes: Changes;
}

const sound = (text: string): ImportMap | undefined => {
  try {
    return parseMap(text);
  } catch (error) {
    if (isBadMap(error)) return undefined;
    throw error;
  }
};

/** The columns of a CSV with samples, in the encoding and by the delimiter of the map where it is sound. Throws `unreadable`. */
export async function columnsOf(path: string, map: ImportMap | undefined): Promise<Column[]> {
  let text = '';
  for await (const part of textOf(bytesOf(path), map ? encodingOf(map) : 'auto')) {
    text += part;
    if (text.length >= START) break;
  }
  text = text.trimStart();
  if (!text.includes('\n')) text = text.replaceAll('\r', '\n');
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = map && map.delimiter !== 'auto' ? map.delimiter : delimiterOf(header, Object.values(map?.columns ?? {}));
  const rows = framer(delimiter)
    .push(text.endsWith('\n') ? text : `${text}\n`)
    .flatMap((record) => ('text' in record && record.text.trim() !== '' ? [cellsOfStart(record.text, delimiter)] : []));
  const [names = [], ...values] = rows;
  return uniqueNames(names).map((name, at) => {
    const different = new Set(values.map((cells) => (cells[at] ?? '').trim()).filter((cell) => cell !== ''));
    return { name, samples: [...different].slice(0, SAMPLES).map((cell) => cell.slice(0, SAMPLE_LENGTH)) };
  });
}

/**
 * What the first rows of a file become under a map, drafted from the file where none is given; the file may be cut off. Nothing is sent.
 * Throws `unreadable` when not even its form can be told.
 */
export async function lookAt({ path, name, map: given, changes }: Look, zone: string) {
  const form = await formOf(path);
  const columns = form === 'csv' ? await columnsOf(path, sound(given)) : [];
  const drafted =
    given.trim() ||
    guessMap(
      name,
      columns.map((column) => column.name),
      zone,
    );
  const text = remapped(drafted, changes);
  const rows: { line: number; event: unknown; problem: { code: string; message: string } | null }[] = [];
  const answer = (problem: string | null) => ({ form, map: text, shown: shownMap(text), columns, rows, problem });
  try {
    for await (const read of readEvents(path, parseMap(text))) {
      const { line } = read;
      rows.push('event' in read ? { line, event: read.event, problem: null } : { line, event: null, problem: read.rejected });
      if (rows.length >= SHOWN) break;
    }
    return answer(null);
  } catch (e) {
    if (isUnreadable(e) && rows.length > 0) return answer(null); // cut off after the head: expected
    if (isBadMap(e) || isUnreadable(e)) return answer(e.message.replaceAll(path, name));
    throw e;
  }
}
