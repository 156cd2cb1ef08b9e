import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { CardList } from '../parts/CardList.tsx';
import { useNames } from '../words.ts';
import { LevelWords, PlaceTag, VisitWords } from './EnterpriseSigns.tsx';
import type { Row } from './enterprises.ts';
import { moneyFigure } from './words.ts';

/** The same enterprises on a phone. */
export const EnterpriseCards = ({ rows, onOpen }: { rows: readonly Row[]; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  return (
    <CardList
      rows={rows}
      onOpen={onOpen}
      head={({ name, place }) => ({
        name,
        label: t('enterprise.open', { name }),
        className: 'c-ent-name',
        sign: <PlaceTag place={place} />,
      })}
    >
      {(row) => (
        <>
          <LevelWords levels={row.levels} />
          <p className="c-order-card-foot">
            <span className="c-soft">
              {[row.area ? names.area(row.area) : t('enterprise.noArea'), row.industry].filter(Boolean).join(' · ')}
            </span>
            <span>{row.revenue === null ? t('enterprise.revenueUnknown') : moneyFigure(row.revenue, lang)}</span>
          </p>
          <p className="c-order-card-foot">
            <VisitWords row={row} />
            {row.manager && <span className="c-soft">{row.manager}</span>}
          </p>
        </>
      )}
    </CardList>
  );
};
