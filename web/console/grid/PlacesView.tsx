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
import { useNames, useWords } from '../words.ts';
import { EstateMap } from './EstateMap.tsx';
import { EstateTable } from './EstateTable.tsx';
import { GoneList } from './GoneNote.tsx';
import { PartTable } from './PartTable.tsx';
import { PortraitPanel } from './PortraitPanel.tsx';
import { estatesByNeed, partsOf } from './parts.ts';
import { usePlaceMap } from './places.ts';

/** The map of the reader's area, and the portrait of what he chose: beside it, or over it on a phone. */
export const PlacesView = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const names = useNames();
  const narrow = useNarrow();
  const [address, change] = useAddress();
  const { areas } = useWords();
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
  const parts = partsOf(map.data.features, figure.id, areas, address.area);
  const [first] = estatesByNeed(map.data, figure.id);
  const shown = address.place ?? (narrow ? undefined : first?.estate.id);
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
                onChange={(id: string) => change({ figure: id, page: undefined }, { replace: true })}
              />
              <Explained name={names.of(figure.names)} text={names.of(figure.meaning)} />
            </span>
          }
          extra={<span className="c-soft c-small">{t('grid.estateCount', { count: integer(map.data.total) })}</span>}
        >
          <EstateMap map={map.data} figure={figure.id} parts={parts} chosen={shown} onChoose={choose} />
          <p className="c-grid-times c-grid-map-times">
            {map.data.peopleAt && <DataTime at={map.data.peopleAt} of={t('grid.peopleAt')} />}
            {map.data.placesAt && <DataTime at={map.data.placesAt} of={t('grid.placesAt')} />}
          </p>
          {map.data.limited && (
            <p className="c-soft c-small">
              {t('grid.limited', { shown: integer(map.data.features.length), total: integer(map.data.total) })}
            </p>
          )}
        </Card>
        {parts.length > 0 && (
          <Card title={t('grid.parts')} extra={<span className="c-soft c-small">{t(`grid.order.${figure.good ?? 'none'}`)}</span>}>
            <PartTable
              map={map.data}
              figure={figure.id}
              parts={parts}
              onOpen={(area) => change({ area, place: undefined, page: undefined })}
            />
          </Card>
        )}
        <Card
          title={t('grid.estates')}
          extra={<span className="c-soft c-small">{t('grid.estateCount', { count: integer(map.data.total) })}</span>}
        >
          <EstateTable map={map.data} figure={figure.id} chosen={shown} onChoose={choose} />
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
          {address.place === undefined && <p className="c-note">{t('grid.worstFirst', { figure: names.of(figure.names) })}</p>}
          {shown !== undefined && <PortraitPanel key={shown} id={shown} onOpen={choose} />}
        </aside>
      )}
    </div>
  );
};
