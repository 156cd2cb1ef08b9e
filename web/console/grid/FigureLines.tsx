import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlacePortrait } from '#place/contract';
import { integer, percent } from '../../kit/format.ts';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { useNames } from '../words.ts';
import { AudienceButton } from './AudienceButton.tsx';
import { shareOf } from './mapping.ts';

/** Figures of a place: the share, what it is of, of how many it is not known, and the people behind it. */
export const FigureLines = ({ title, figures, children }: { title: string; figures: PlacePortrait['figures']; children?: ReactNode }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <Card title={title}>
      <ul className="c-grid-figures">
        {figures.map((figure) => {
          const name = names.of(figure.names);
          const share = shareOf(figure);
          return (
            <li key={figure.id}>
              <span className="c-grid-figure-name">
                {name}
                <Explained name={name} text={names.of(figure.meaning)} />
              </span>
              {figure.part === null || figure.whole === null ? (
                <span className="c-soft c-grid-figure-none">
                  {t('grid.missing', { what: t(`grid.miss.${figure.missing}`, figure.missing ?? '') })}
                </span>
              ) : (
                <>
                  <span className="c-grid-room" aria-hidden="true">
                    <span style={{ inlineSize: `${Math.min(1, share ?? 0) * 100}%` }} />
                  </span>
                  <span className="c-num c-grid-figure-share">{share === null ? t('grid.nobody') : percent(share)}</span>
                  <span className="c-num c-soft c-small">
                    {t('grid.partOf', { part: integer(figure.part), whole: integer(figure.whole) })}
                  </span>
                  <AudienceButton name={name} where={figure.where} />
                  {!!figure.unknown && (
                    <span className="c-soft c-small c-grid-figure-unknown">{t('grid.unknownOf', { count: figure.unknown })}</span>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ul>
      {children}
    </Card>
  );
};
