import { useTranslation } from 'react-i18next';
import type { Axis } from '#enterprise/contract';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { dateIn } from '../filter.ts';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import type { Row } from './enterprises.ts';

const AXES: readonly Axis[] = ['value', 'loyalty', 'competition'];
const DAY_MS = 86_400_000;

/** Its place, or that it cannot be said. */
export const PlaceTag = ({ place }: { place: Row['place'] }) => {
  const { t } = useTranslation();
  const names = useNames();
  return <StateTag state={place ? 'active' : 'skipped'}>{place ? names.of(place.names, place.id) : t('enterprise.nowhere')}</StateTag>;
};

/** `价值 高 · 忠诚 中 · 友商关系 低`. */
export const LevelWords = ({ levels }: { levels: Row['levels'] }) => {
  const { t } = useTranslation();
  return (
    <span className="c-soft c-small">
      {AXES.map((axis) => `${t(`enterprise.axis.${axis}`)} ${t(`enterprise.level.${levels[axis] ?? 'unknown'}`)}`).join(' · ')}
    </span>
  );
};

/** When it should be seen again, or when it will be. */
export const VisitWords = ({ row }: { row: Row }) => {
  const { t } = useTranslation();
  const { lang, zone } = useWhere();
  const today = dateIn(useNow(), zone);
  if (row.plannedOn) return <StateTag state="waiting">{`${t('enterprise.planned')} ${dateWords(row.plannedOn, lang)}`}</StateTag>;
  if (row.dueOn === null) return <span className="c-faint">–</span>;
  const late = Math.round((Date.parse(today) - Date.parse(row.dueOn)) / DAY_MS);
  if (late < 0) return <span>{dateWords(row.dueOn, lang)}</span>;
  return (
    <span className="c-ent-due">
      <StateTag state={late > 0 ? 'late' : 'dueSoon'}>{late > 0 ? t('enterprise.overdue', { count: late }) : t('enterprise.due')}</StateTag>
      {row.seenOn === null && <span className="c-soft c-small">{t('enterprise.never')}</span>}
    </span>
  );
};
