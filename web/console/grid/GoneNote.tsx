import { Alert } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceMap, PlacePortrait } from '#place/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { useNames } from '../words.ts';
import { useGone } from './places.ts';

/** Above the portrait of a place that is no more: why, since when, and what took its people. */
export const GoneNote = ({ gone, onOpen }: { gone: NonNullable<PlacePortrait['gone']>; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {t(`grid.whyGone.${gone.why}`)} <Moment at={gone.at} />
        </>
      }
      description={
        <>
          {t('grid.goneWhat')}
          {gone.into && (
            <button type="button" className="c-link c-grid-row" onClick={() => onOpen(gone.into?.id ?? '')}>
              {t('grid.into', { name: names.of(gone.into.names) })}
            </button>
          )}
        </>
      }
    />
  );
};

/** Below the map: the places that are no more, for whoever misses one. */
export const GoneList = ({ map, onOpen }: { map: PlaceMap; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const [{ area }] = useAddress();
  const [open, setOpen] = useState(false);
  const found = useGone(area, open);
  if (map.gone === 0) return null;
  return (
    <details className="c-grid-left" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('grid.gone', { count: integer(map.gone) })}</summary>
      {found.isLoading && <Loading lines={3} />}
      {found.error && <Refused error={found.error} onAgain={() => void found.refetch()} />}
      <ol>
        {found.data?.items.map((g) => (
          <li key={g.id}>
            <button type="button" className="c-link c-grid-row" onClick={() => onOpen(g.id)}>
              {[g.estate && names.of(g.estate.names), names.of(g.names)].filter(Boolean).join(' ')}
            </button>
            <span className="c-soft c-small">
              {t(`grid.whyGone.${g.why}`)} <Moment at={g.at} />
            </span>
          </li>
        ))}
      </ol>
      {found.data && found.data.items.length < found.data.total && (
        <p className="c-soft c-small">{t('grid.firstGone', { shown: found.data.items.length, total: integer(found.data.total) })}</p>
      )}
    </details>
  );
};
