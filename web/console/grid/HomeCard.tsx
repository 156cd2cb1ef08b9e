import { useTranslation } from 'react-i18next';
import type { Home } from '#place/contract';
import { StateTag } from '../../kit/StateTag.tsx';
import { useNames } from '../words.ts';

const SHOWN = 3;

/** Where a home is, in words. */
export const useWhereHome = () => {
  const { t } = useTranslation();
  const names = useNames();
  return ({ estate, building }: Pick<Home, 'estate' | 'building'>): string =>
    estate === null ? t('grid.somewhere') : [names.of(estate.names), building ? names.of(building.names) : ''].filter(Boolean).join(' ');
};

/** One home of the list: its place in it, who lives where, and why; a press opens it. */
export const HomeCard = ({ home, onOpen }: { home: Home; onOpen: () => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const whereHome = useWhereHome();
  const reasons = home.reasons.slice(0, SHOWN).map((r) => names.of(r.says));
  return (
    <li className={`c-order-card c-grid-home${home.visit ? ' c-grid-visited' : ''}`}>
      <button type="button" className="c-grid-home-open" onClick={onOpen}>
        <span className="c-grid-rank">{home.rank}</span>
        <span className="c-grid-home-who">
          {whereHome(home)}
          <span className="c-soft"> {home.name ?? t('grid.nameless')}</span>
        </span>
        <span className="c-num c-soft c-small">{t('grid.points', { count: home.score })}</span>
        <span className="c-grid-home-why">
          {reasons.join(t('grid.comma'))}
          {home.reasons.length > SHOWN && t('grid.andMore', { count: home.reasons.length - SHOWN })}
        </span>
        {home.visit && (
          <span className="c-grid-home-result">
            <StateTag state={home.visit.result === 'not-at-home' ? 'waiting' : 'done'}>{t(`grid.result.${home.visit.result}`)}</StateTag>
          </span>
        )}
      </button>
    </li>
  );
};
