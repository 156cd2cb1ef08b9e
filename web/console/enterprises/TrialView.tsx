import { useTranslation } from 'react-i18next';
import type { Tried } from '#enterprise/contract';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import type { Tables } from './enterprises.ts';
import { moneyFigure } from './words.ts';

/** Who would move from where to where, with what revenue. */
export const TrialView = ({ tried, tables }: { tried: Tried; tables: Tables }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const placeNamed = (id: string | null) =>
    id === null ? t('enterprise.nowhere') : names.of(tables.places.find((p) => p.id === id)?.names, id);
  const moved = tried.enterprises - tried.stay;
  return (
    <div className="c-ent-tried">
      <p>
        <strong>
          {t(moved === 0 ? 'enterprise.table.triedNone' : 'enterprise.table.tried', {
            enterprises: integer(tried.enterprises),
            moved: integer(moved),
            stay: integer(tried.stay),
          })}
        </strong>
      </p>
      {moved > 0 && (
        <Scroll label={t('enterprise.table.try')}>
          <table className="c-counts">
            <thead>
              <tr>
                <th scope="col">{t('enterprise.table.move')}</th>
                <th scope="col">{t('enterprise.table.moveTo')}</th>
                <th scope="col" className="c-num">
                  {t('enterprise.table.count')}
                </th>
                <th scope="col" className="c-num">
                  {t('enterprise.revenue')}
                </th>
              </tr>
            </thead>
            <tbody>
              {tried.moves.map(({ from, to, count, revenue }) => (
                <tr key={`${from} ${to}`}>
                  <td>{placeNamed(from)}</td>
                  <td>{placeNamed(to)}</td>
                  <td className="c-num">{integer(count)}</td>
                  <td className="c-num">{moneyFigure(revenue, lang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  );
};
