import { useTranslation } from 'react-i18next';
import type { JourneyCounts } from '#tracking/contract';
import { integer } from '../../kit/format.ts';
import type { JourneyFilter, Tab } from '../filter.ts';
import { useNames } from '../words.ts';

interface Props {
  tab: Tab;
  counts: JourneyCounts | undefined;
  filter: JourneyFilter;
  onTurn: (change: Record<string, string | undefined>) => void;
}

/** Why the orders of this tab wait or were withdrawn: one press narrows to a reason, another takes it off. */
export const ReasonChips = ({ tab, counts, filter, onTurn }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  if (tab !== 'waiting' && tab !== 'withdrawn') return null;
  const field = tab === 'waiting' ? 'wait' : 'reason';
  const lines =
    tab === 'waiting'
      ? (counts?.byWait ?? []).map((w) => ({ id: w.id, name: names.wait(w.id), count: w.open }))
      : (counts?.byReason ?? []).filter((r) => r.id).map((r) => ({ id: r.id, name: r.id, count: r.cancelled }));
  if (lines.length === 0) return null;
  return (
    <section className="c-chips" aria-label={t(`orders.${field}`)}>
      <span className="c-soft">{t(`orders.${field}`)}</span>
      {[...lines]
        .sort((a, b) => b.count - a.count)
        .map((line) => (
          <button
            key={line.id}
            type="button"
            className="c-chip"
            aria-pressed={filter[field] === line.id}
            onClick={() => onTurn({ [field]: filter[field] === line.id ? undefined : line.id })}
          >
            {line.name} <span className="c-num">{integer(line.count)}</span>
          </button>
        ))}
    </section>
  );
};
