import type { Prepared } from './prepare.ts';

/**
 * A post in pieces of at most `size` events, each told by their places in it: in the order of time, so that no event is late for one that came in together
 * with it. A post that brings something twice stays whole, for of two copies that differ the first one stands.
 */
export function piecesOf(events: readonly Pick<Prepared, 'identity' | 'fold'>[], size: number): number[][] {
  const places = events.map((_, i) => i);
  if (events.length <= size || new Set(events.map((e) => e.identity)).size < events.length) return [places];
  const fold = (place: number) => (events[place] as Prepared).fold;
  places.sort((a, b) => fold(a).at - fold(b).at || fold(a).seq - fold(b).seq);
  return Array.from({ length: Math.ceil(places.length / size) }, (_, i) => places.slice(i * size, (i + 1) * size));
}
