import type { z } from 'zod';
import type { Lang } from '#platform/i18n';
import { malformed } from '#platform/refusals';
import { PlaceSent } from './contract.ts';
import type { Told, Wrong } from './model.ts';

/** What was sent, as places with their lines; or what is wrong with each that is none. */
export function readPlaces(sent: string | readonly unknown[], lang: Lang): { told: Told[]; wrong: Wrong[] } {
  const told: Told[] = [];
  const wrong: Wrong[] = [];
  const read = (line: number, json: unknown): void => {
    const { success, data, error } = PlaceSent.safeParse(json);
    if (success) {
      told.push({ line, place: data });
      return;
    }
    const { code, details } = malformed((error as z.ZodError).issues, json, lang);
    wrong.push({ line, code: code === 'request.unknown-field' ? 'place.unknown-field' : 'place.bad-field', details });
  };
  if (typeof sent !== 'string') {
    for (const [i, json] of sent.entries()) read(i + 1, json);
    return { told, wrong };
  }
  for (const [i, text] of sent
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    if (text.trim() === '') continue;
    const json = parsed(text);
    if (json === undefined) wrong.push({ line: i + 1, code: 'place.not-json', details: {} });
    else read(i + 1, json);
  }
  return { told, wrong };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
