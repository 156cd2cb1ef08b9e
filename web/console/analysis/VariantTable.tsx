import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Variants } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Loading, Refused } from '../../kit/faces.tsx';
import { duration, integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';

interface Props {
  query: Record<string, string>;
  nameOf: (type: string) => string;
  onOpen: (id: string) => void;
}

const FIRST = 10;

/** The ways that orders really went, the most common first. */
export const VariantTable = ({ query, nameOf, onOpen }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [all, setAll] = useState(false);
  const variants = useQuery({
    queryKey: ['variants', query],
    queryFn: ({ signal }) => get<Variants>('/api/analysis/variants', query, { signal, timeout: 60_000 }),
  });
  if (variants.isPending) return <Loading lines={6} />;
  if (variants.error) return <Refused error={variants.error} onAgain={() => void variants.refetch()} />;
  const items = all ? variants.data.items : variants.data.items.slice(0, FIRST);
  const usual = new Set(variants.data.items[0]?.types);
  const most = Math.max(0.0001, ...items.map((item) => item.share));
  return (
    <Scroll label={t('variant.way')}>
      <table className="c-counts c-variants">
        <thead>
          <tr>
            <th scope="col">{t('variant.share')}</th>
            <th scope="col" className="c-num">
              {t('analysis.journeys')}
            </th>
            <th scope="col" className="c-num">
              {t('variant.median')}
            </th>
            <th scope="col">{t('variant.way')}</th>
            <th scope="col">{t('variant.example')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.types.join(' ')}>
              <th scope="row" className="c-share">
                <span className="c-share-bar" style={{ inlineSize: `${(item.share / most) * 100}%` }} />
                {percent(item.share)}
              </th>
              <td className="c-num">{integer(item.journeys)}</td>
              <td className="c-num">{duration(item.p50, lang)}</td>
              <td>
                <Way types={item.types} usual={usual} nameOf={nameOf} />
              </td>
              <td>
                <Button size="small" onClick={() => onOpen(item.example)}>
                  {t('variant.open')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {variants.data.items.length > FIRST && (
        <Button type="link" onClick={() => setAll(!all)}>
          {all ? t('variant.fewer') : t('variant.more', { count: variants.data.items.length })}
        </Button>
      )}
    </Scroll>
  );
};

/** A way by its milestones, equal neighbours told once; below it the steps, those that the commonest way lacks marked. */
const Way = ({ types, usual, nameOf }: { types: string[]; usual: Set<string>; nameOf: (type: string) => string }) => {
  const told = types.map((type) => nameOf(type) || type).filter((name, i, names) => name !== names[i - 1]);
  return (
    <>
      <span className="c-way">{told.join(' → ')}</span>
      <span className="c-way c-way-steps" title={types.join(' → ')}>
        {types.map((type, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the way
          <span key={i} className={usual.has(type) ? undefined : 'c-differs'}>
            {i > 0 && ' → '}
            {type}
          </span>
        ))}
      </span>
    </>
  );
};
