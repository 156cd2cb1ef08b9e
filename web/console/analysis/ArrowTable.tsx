import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessMap } from '#tracking/contract';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { ColumnHeads } from './ColumnHeads.tsx';
import type { StepWords } from './stepWords.ts';

interface Props {
  transitions: ProcessMap['transitions'];
  step: StepWords;
  onPick: (from: string, to: string) => void;
}

const FIRST = 20;

/** The map's arrows in figures, the most gone first; each opens its orders. */
export const ArrowTable = ({ transitions, step, onPick }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [all, setAll] = useState(false);
  const sorted = [...transitions].sort((a, b) => b.count - a.count);
  return (
    <Scroll label={t('analysis.map')}>
      <table className="c-counts">
        <ColumnHeads texts={[t('map.from'), t('map.to')]} figures={[t('map.by.count'), t('map.by.p50'), t('map.by.p90'), t('map.inAll')]} />
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
              <td className="c-num">{duration(arrow.p50 * arrow.count, lang)}</td>
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
