import { Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceMap } from '#place/contract';
import { useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { OrderPager } from '../orders/OrderPager.tsx';
import { useNames } from '../words.ts';
import { PlaceRows } from './PlaceRows.tsx';
import { concerned, ORDERS, orderOf, pageOf, sorted, soughtAmong } from './parts.ts';

/** As many are on a page; with more of them, they are sought and sorted too. */
const PAGE = 20;

interface Props {
  map: PlaceMap;
  figure: string;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** The same estates as rows, twenty at a time. What is sought, how they are sorted and which page is open stands in the address: so a portrait leads back to it. */
export const EstateTable = ({ map, figure, chosen, onChoose }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const [address, change] = useAddress();
  const [sought, setSought] = useState(address.find ?? '');
  const head = useRef<HTMLDivElement>(null);
  const told = map.figures.find((f) => f.id === figure);
  const order = orderOf(address.order);
  const areas = new Set(map.features.map((f) => f.properties.area));
  const found = soughtAmong(map.features, sought, names.area);
  const rows = sorted({ features: found, figures: map.figures }, { figure, order, lang });
  const { page, items, more } = pageOf(rows, Number(address.page), PAGE);
  const turn = (to: { find?: string | undefined; order?: string | undefined; page?: string | undefined }) =>
    change({ page: undefined, ...to }, { replace: true });
  return (
    <div ref={head} className="c-grid-list">
      {map.features.length > PAGE && (
        <div className="c-form-row">
          <Input.Search
            className="c-find"
            allowClear
            value={sought}
            maxLength={100}
            placeholder={t('grid.findEstate')}
            aria-label={t('grid.findEstate')}
            onChange={({ target }) => {
              setSought(target.value);
              turn({ find: target.value === '' ? undefined : target.value });
            }}
          />
          <Select
            className="c-grid-order"
            value={order}
            aria-label={t('grid.sortBy')}
            popupMatchSelectWidth={false}
            options={ORDERS.map((value) => ({
              value,
              label: t(`grid.sort.${value}`, {
                order: t(`grid.order.${told?.good ?? 'none'}`),
                figure: names.of(told?.names),
                concerned: t(`grid.concerned.${told?.good ?? 'none'}`),
              }),
            }))}
            onChange={(value) => turn({ order: value === ORDERS[0] ? undefined : value })}
          />
        </div>
      )}
      {rows.length === 0 && <p className="c-soft">{t('grid.noSuchEstate')}</p>}
      {rows.length > 0 && (
        <PlaceRows
          caption={t('grid.estates')}
          columns={[
            t('grid.estate'),
            names.of(told?.names),
            t(order === 'many' ? `grid.concerned.${told?.good ?? 'none'}` : 'grid.households'),
          ]}
          rows={items.map(({ estate, asked, share }) => ({
            id: estate.id,
            name: names.of(estate.properties.names),
            below: areas.size > 1 && names.area(estate.properties.area),
            share,
            part: asked?.part ?? null,
            whole: asked?.whole ?? null,
            count: order === 'many' ? concerned({ asked }, told?.good) : estate.properties.households,
          }))}
          chosen={chosen}
          onOpen={onChoose}
        />
      )}
      {rows.length > PAGE && (
        <OrderPager
          list={{ items, total: rows.length, totalIsFloor: false, nextCursor: more ? String(page + 1) : null }}
          limit={PAGE}
          page={page}
          onTurn={(_, to) => {
            turn({ page: to > 1 ? String(to) : undefined });
            head.current?.scrollIntoView({ block: 'start' });
          }}
        />
      )}
    </div>
  );
};
