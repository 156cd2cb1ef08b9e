import { useTranslation } from 'react-i18next';
import type { Home } from '#place/contract';
import { StateTag } from '../../kit/StateTag.tsx';
import { useNames } from '../words.ts';
import { useFar } from './useFar.ts';

const SHOWN = 3;

/** Where a home is, in words. */
export const useWhereHome = () => {
  const { t } = useTranslation();
  const names = useNames();
  return ({ estate, building }: Pick<Home, 'estate' | 'building'>): string =>
    estate === null ? t('grid.somewhere') : [names.of(estate.names), building ? names.of(building.names) : ''].filter(Boolean).join(' ');
};

interface Props {
  home: Home;
  /** Its number as a stop of the walk, and the metres to it; null: nobody said where it lies; absent: the list is by score. */
  stop?: { number: number; metres: number } | null | undefined;
  /** Its result is pressed and not yet noted. */
  isUnsent: boolean;
  onOpen: () => void;
}

/** One home of the list: its place in it, who lives where, and why; a press opens it. */
export const HomeCard = ({ home, stop, isUnsent, onOpen }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const whereHome = useWhereHome();
  const far = useFar();
  const saidFar = ({ number, metres }: { number: number; metres: number }) =>
    number === 1 ? t('grid.start') : metres === 0 ? t('grid.sameHouse') : far(metres);
  const reasons = home.reasons.slice(0, SHOWN).map((r) => names.of(r.says));
  return (
    <li className={`c-order-card c-grid-home${home.visit ? ' c-grid-visited' : ''}`}>
      <button type="button" className="c-grid-home-open" onClick={onOpen}>
        <span className="c-grid-rank">{stop === undefined ? home.rank : (stop?.number ?? '–')}</span>
        <span className="c-grid-home-who">
          {whereHome(home)}
          <span className="c-soft"> {home.name ?? t('grid.nameless')}</span>
        </span>
        <span className="c-num c-soft c-small">{stop ? saidFar(stop) : t('grid.points', { count: home.score })}</span>
        <span className="c-grid-home-why">
          {reasons.join(t('grid.comma'))}
          {home.reasons.length > SHOWN && t('grid.andMore', { count: home.reasons.length - SHOWN })}
        </span>
        {(home.visit || isUnsent || home.holder) && (
          <span className="c-grid-home-result">
            {home.visit && (
              <StateTag state={home.visit.result === 'not-at-home' ? 'waiting' : 'done'}>{t(`grid.result.${home.visit.result}`)}</StateTag>
            )}
            {!home.visit && isUnsent && <StateTag state="late">{t('grid.notSent')}</StateTag>}
            {!home.visit && home.holder && <span className="c-soft">{t('grid.givenTo', { name: home.holder.name })}</span>}
          </span>
        )}
      </button>
    </li>
  );
};
