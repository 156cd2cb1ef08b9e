import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessMap } from '#tracking/contract';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import type { StepWords } from './stepWords.ts';

interface Props {
  transitions: ProcessMap['transitions'];
  step: StepWords;
  onPick: (from: string, to: string) => void;
}

const FIRST = 20;

type Arrow = ProcessMap['transitions'][number];
const FIGURES = {
  count: (arrow: Arrow) => arrow.count,
  p50: (arrow: Arrow) => arrow.p50,
  p90: (arrow: Arrow) => arrow.p90,
  inAll: (arrow: Arrow) => arrow.count * arrow.p50,
};
type Figure = keyof typeof FIGURES;

/** The map's arrows in figures, the most first by the chosen one; each opens its orders. */
export const ArrowTable = ({ transitions, step, onPick }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [all, setAll] = useState(false);
  const [by, setBy] = useState<Figure>('count');
  const sorted = [...transitions].sort((a, b) => FIGURES[by](b) - FIGURES[by](a));
  return (
    <Scroll label={t('analysis.map')}>
      <table className="c-counts">
        <thead>
          <tr>
            <th scope="col">{t('map.from')}</th>
            <th scope="col">{t('map.to')}</th>
            {(Object.keys(FIGURES) as Figure[]).map((figure) => (
              <th key={figure} scope="col" className="c-num" aria-sort={figure === by ? 'descending' : undefined}>
                <button type="button" className="c-link" onClick={() => setBy(figure)}>
                  {figure === by && '↓ '}
                  {t(`map.by.${figure}`)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(all ? sorted : sorted.slice(0, FIRST)).map((arrow) => (
            <tr key={`${arrow.from} ${arrow.to}`}>
              {[arrow.from, arrow.to].map((type, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: from and to
                <td key={i} title={type}>
                  {step(type).name}
                  {step(type).shared && <span className="c-code c-faint c-small"> {type}</span>}
                </td>
              ))}
              <td className="c-num">
                <button
                  type="button"
                  className="c-link"
                  aria-label={`${step(arrow.from).name} → ${step(arrow.to).name} ${integer(arrow.count)}`}
                  onClick={() => onPick(arrow.from, arrow.to)}
                >
                  {integer(arrow.count)}
                </button>
              </td>
              <td className="c-num">{duration(arrow.p50, lang)}</td>
              <td className="c-num">{duration(arrow.p90, lang)}</td>
              <td className="c-num">{duration(FIGURES.inAll(arrow), lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > FIRST && (
        <Button type="link" onClick={() => setAll(!all)}>
          {all ? t('map.fewer', { count: FIRST }) : t('map.more', { count: sorted.length })}
        </Button>
      )}
    </Scroll>
  );
};
