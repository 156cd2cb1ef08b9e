import { useTranslation } from 'react-i18next';
import type { Move } from '#enterprise/contract';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { useNames } from '../words.ts';
import { LevelWords } from './EnterpriseSigns.tsx';
import type { Detail } from './enterprises.ts';
import { valueWords } from './words.ts';

/** Where it stood before, and what moved it. */
export const MoveList = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const placeNamed = (place: Move['from']) => (place ? names.of(place.names, place.id) : t('enterprise.nowhere'));
  const unitOf = (indicator: string) => detail.lines.find((line) => line.indicator === indicator)?.unit ?? 'number';
  return (
    <Card title={t('enterprise.moves')}>
      {detail.moves.length === 0 && <p className="c-soft">{t('enterprise.noMoves')}</p>}
      <ul className="c-list">
        {detail.moves.map((move) => (
          <li key={`${move.at} ${move.version} ${move.cause}`}>
            <p className="c-list-head">
              <strong>
                {move.cause === 'first'
                  ? placeNamed(move.to)
                  : t('enterprise.from', { from: placeNamed(move.from), to: placeNamed(move.to) })}
              </strong>
              <span className="c-soft">
                {t(`enterprise.cause.${move.cause}`)}
                {move.cause === 'tables' && ` · ${t('enterprise.table.version', { version: move.version })}`} · <Moment at={move.at} />
              </span>
            </p>
            <LevelWords levels={move.toLevels} />
            {move.because.length > 0 && (
              <ul className="c-ent-because">
                {move.because.map(({ indicator, names: some, was, is }) => (
                  <li key={indicator}>
                    {t('enterprise.because', {
                      name: names.of(some, indicator),
                      was: valueWords(was.value, unitOf(indicator), t, lang),
                      is: valueWords(is.value, unitOf(indicator), t, lang),
                      wasPoints: was.points,
                      isPoints: is.points,
                    })}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
};
