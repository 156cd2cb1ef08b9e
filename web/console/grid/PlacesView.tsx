import { Drawer, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useAddress } from '../address.ts';
import { Card } from '../parts/Card.tsx';
import { DataTime } from '../parts/DataTime.tsx';
import { Explained } from '../parts/Explained.tsx';
import { may, useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { EstateMap } from './EstateMap.tsx';
import { EstateTable } from './EstateTable.tsx';
import { GoneList } from './GoneNote.tsx';
import { PortraitPanel } from './PortraitPanel.tsx';
import { usePlaceMap } from './places.ts';

/** The map of the reader's area, and the portrait of what he chose: beside it, or over it on a phone. */
export const PlacesView = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const names = useNames();
  const narrow = useNarrow();
  const [address, change] = useAddress();
  const map = usePlaceMap(address.area);
  if (map.isPending) return <Loading lines={10} />;
  if (map.error && !map.data) return <Refused error={map.error} onAgain={() => void map.refetch()} />;
  if (map.data.features.length === 0)
    return (
      <Empty title={t('grid.noPlaces')}>
        <p>{t(may(me, 'place:send') ? 'grid.howToTell' : 'grid.whoTells')}</p>
      </Empty>
    );
  const figure = map.data.figures.find((f) => f.id === address.figure) ?? map.data.figures[0]!;
  const choose = (place: string | undefined) => change({ place }, { replace: address.place !== undefined && place !== undefined });
  return (
    <div className={`c-grid${map.isPlaceholderData ? ' c-stale' : ''}`}>
      <div>
        <Card
          title={
            <span className="c-grid-choice">
              <Select
                aria-label={t('grid.figure')}
                value={figure.id}
                popupMatchSelectWidth={false}
                options={map.data.figures.map(({ id, names: words }) => ({ value: id, label: names.of(words) }))}
                onChange={(id: string) => change({ figure: id }, { replace: true })}
              />
              <Explained name={names.of(figure.names)} text={names.of(figure.meaning)} />
            </span>
          }
          extra={<span className="c-soft c-small">{t('grid.estateCount', { count: integer(map.data.total) })}</span>}
        >
          <EstateMap map={map.data} figure={figure.id} chosen={address.place} onChoose={choose} />
          <p className="c-grid-times c-grid-map-times">
            {map.data.peopleAt && (
              <span>
                {t('grid.peopleAt')} <DataTime at={map.data.peopleAt} />
              </span>
            )}
            {map.data.placesAt && (
              <span>
                {t('grid.placesAt')} <DataTime at={map.data.placesAt} />
              </span>
            )}
          </p>
          {map.data.limited && (
            <p className="c-soft c-small">
              {t('grid.limited', { shown: integer(map.data.features.length), total: integer(map.data.total) })}
            </p>
          )}
        </Card>
        <Card title={t('grid.estates')} extra={<span className="c-soft c-small">{t(`grid.order.${figure.good ?? 'none'}`)}</span>}>
          <EstateTable map={map.data} figure={figure.id} chosen={address.place} onChoose={choose} />
          <GoneList map={map.data} onOpen={choose} />
        </Card>
      </div>
      {narrow ? (
        <Drawer
          open={address.place !== undefined}
          placement="bottom"
          size="88dvh"
          title={t('grid.portrait')}
          destroyOnHidden
          onClose={() => choose(undefined)}
        >
          {address.place && <PortraitPanel key={address.place} id={address.place} onOpen={choose} />}
        </Drawer>
      ) : (
        <aside className="c-grid-side" aria-label={t('grid.portrait')}>
          {address.place ? (
            <PortraitPanel key={address.place} id={address.place} onOpen={choose} />
          ) : (
            <Card title={t('grid.portrait')}>
              <p className="c-soft">{t('grid.chooseOne')}</p>
            </Card>
          )}
        </aside>
      )}
    </div>
  );
};
