import type { z } from 'zod';
import type { Lang } from '#platform/i18n';
import { malformed } from '#platform/refusals';
import { PlaceSent } from './contract.ts';
import type { Told, Wrong } from './model.ts';

/** What was sent, as places with their lines; or what is wrong with each that is none. Looks at no more than one place beyond `most`. */
export function readPlaces(
  sent: string | readonly unknown[],
  { lang, most }: { lang: Lang; most: number },
): { told: Told[]; wrong: Wrong[] } {
  const told: Told[] = [];
  const wrong: Wrong[] = [];
  for (const [line, json] of typeof sent === 'string' ? lines(sent) : numbered(sent)) {
    if (told.length + wrong.length > most) break;
    const { success, data, error } = PlaceSent.safeParse(json);
    if (success) told.push({ line, place: data });
    else if (json === NOT_JSON) wrong.push({ line, code: 'place.not-json', details: {} });
    else {
      const { code, details } = malformed((error as z.ZodError).issues, json, lang);
      wrong.push({ line, code: code === 'request.unknown-field' ? 'place.unknown-field' : 'place.bad-field', details });
    }
  }
  return { told, wrong };
}

const NOT_JSON = Symbol('not JSON');

function* numbered(sent: readonly unknown[]): Generator<[line: number, json: unknown]> {
  for (const [i, json] of sent.entries()) yield [i + 1, json];
}

/** One line after the other, blank ones counted and left out; never all of them at once. */
function* lines(text: string): Generator<[line: number, json: unknown]> {
  for (let line = 1, from = text.startsWith('\ufeff') ? 1 : 0; from <= text.length; line++) {
    const end = text.indexOf('\n', from);
    const one = text.slice(from, end === -1 ? text.length : end).trim();
    if (one !== '') yield [line, parsed(one)];
    from = end === -1 ? text.length + 1 : end + 1;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}
