/** Where a text stops to be JSON, counted from 1; nulls where the browser does not say. */
export interface NotJson {
  readonly line: number | null;
  readonly column: number | null;
}

/** Reads a definition; one that is copied with its field (`{ "where": … }`) is taken out of it. */
export function readJson(text: string): { readonly json: unknown; readonly wrong: null } | { readonly wrong: NotJson } {
  try {
    const json: unknown = JSON.parse(text);
    const isWhole = typeof json === 'object' && json !== null && Object.keys(json).length === 1 && 'where' in json;
    return { json: isWhole ? json.where : json, wrong: null };
  } catch (error) {
    return { wrong: placeOf(text, String(error)) };
  }
}

/** Engines say it as "position 17", as "line 2 column 3", or only for some mistakes. */
function placeOf(text: string, said: string): NotJson {
  const [, line, column] = /line (\d+) column (\d+)/.exec(said) ?? [];
  if (line !== undefined) return { line: Number(line), column: Number(column) };
  const [, position] = /position (\d+)/.exec(said) ?? [];
  const at = position === undefined && /end of/i.test(said) ? text.length : Number(position);
  if (Number.isNaN(at)) return { line: null, column: null };
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
