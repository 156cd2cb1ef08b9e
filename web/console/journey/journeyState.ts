import type { JourneyDetail } from '#tracking/contract';
import type { StateName } from '../../kit/state.ts';

/** The one word for a journey; held back: the holder's own time is over, nothing waits, and every source speaks. */
export function journeyState(journey: JourneyDetail, now: number): StateName {
  if (journey.state !== 'open') return journey.state;
  if (journey.promise?.overdue) return 'late';
  if (journey.wait) return 'waiting';
  const beyond = journey.holder?.limit ? Date.parse(journey.holder.limit) < now : false;
  if (beyond && !journey.sources.some((source) => source.silent)) return 'heldBack';
  if (!journey.promise) return 'open';
  const { from, to } = journey.promise;
  const length = Date.parse(to) - Date.parse(from);
  return Date.parse(to) - now < length * 0.2 ? 'dueSoon' : 'open';
}
