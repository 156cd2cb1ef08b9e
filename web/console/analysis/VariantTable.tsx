import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Variants } from '#tracking/contract';
import { duration, integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { Asked } from './Asked.tsx';
import { ColumnHeads } from './ColumnHeads.tsx';
import { difference, type StepWords, toldWay } from './stepWords.ts';
import { type Question, useAnalysis } from './useAnalysis.ts';

interface Props {
  query: Question;
  step: StepWords;
  onOpen: (id: string) => void;
}

const FIRST = 10;

/** The ways that orders really went, the most common first. */
export const VariantTable = ({ query, step, onOpen }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [all, setAll] = useState(false);
  const answer = useAnalysis<Variants>('variants', query);
  const total = answer.data?.total ?? 0;
  return (
    <Asked title={t('analysis.variantsTitle', { count: integer(total) as never })} what={t('analysis.what.variant')} answer={answer}>
      {({ items: known }) => {
        const items = all ? known : known.slice(0, FIRST);
        const usual = known[0]?.types ?? [];
        const most = Math.max(0.0001, ...items.map((item) => item.share));
        return (
          <Scroll label={t('variant.way')}>
            <table className="c-counts c-variants">
              <ColumnHeads
                texts={[t('variant.share')]}
                figures={[t('analysis.journeys'), t('variant.median')]}
                after={[t('variant.way'), t('variant.example')]}
              />
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
                      <Way types={item.types} usual={usual} step={step} />
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
            {known.length > FIRST && (
              <Button type="link" onClick={() => setAll(!all)}>
                {all ? t('variant.fewer') : t('variant.more', { count: known.length })}
              </Button>
            )}
          </Scroll>
        );
      }}
    </Asked>
  );
};

/** A way by its milestones, equal neighbours told once; below it what it has more or less than the commonest. Its steps on hover. */
const Way = ({ types, usual, step }: { types: string[]; usual: string[]; step: StepWords }) => {
  const { t } = useTranslation();
  const known = new Set(toldWay(usual, step));
  const { more, less, moved } = difference(types, usual, step);
  const differs = [
    more.length > 0 && t('variant.plus', { steps: more.join(t('variant.comma')) }),
    less.length > 0 && t('variant.minus', { steps: less.join(t('variant.comma')) }),
    moved && t('variant.moved'),
  ].filter(Boolean);
  return (
    <>
      <span className="c-way" title={types.map((type) => step(type).name).join(' → ')}>
        {toldWay(types, step).map((name, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the way
          <span key={i}>
            {i > 0 && ' → '}
            {known.has(name) ? (
              name
            ) : (
              <strong className="c-differs" title={t('variant.differs')}>
                {name}
              </strong>
            )}
          </span>
        ))}
      </span>
      {differs.length > 0 && <span className="c-way c-soft c-small">{differs.join(t('variant.semicolon'))}</span>}
    </>
  );
};
