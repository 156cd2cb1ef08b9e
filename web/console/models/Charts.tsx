import { useTranslation } from 'react-i18next';
import type { FiguresView } from '#model/contract';
import { percent } from '../../kit/format.ts';
import { pathOf } from './stand.ts';

/** Pictures of a version's figures; the same stands in `ChartTables.tsx` as tables. */

const SIDE = 200;
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

/** A square from 0 to `most` on both sides, with what lies in it and the line of chance or of truth from corner to corner. */
const Square = ({ label, x, y, most, children }: { label: string; x: string; y: string; most: number; children: React.ReactNode }) => (
  <figure className="c-mod-square">
    <span className="c-mod-y c-faint c-small">{y}</span>
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={label}>
      <title>{label}</title>
      {QUARTERS.map((at) => (
        <path key={at} className="c-mod-grid" d={`M0 ${at * SIDE}H${SIDE}M${at * SIDE} 0V${SIDE}`} />
      ))}
      {children}
      <path className="c-mod-even" d={`M0 ${SIDE}L${SIDE} 0`} />
    </svg>
    <figcaption className="c-faint c-small">
      <span>0</span>
      <span>{x}</span>
      <span>{percent(most)}</span>
    </figcaption>
  </figure>
);

export const RocChart = ({ points }: { points: FiguresView['roc'] }) => {
  const { t } = useTranslation();
  return (
    <Square label={t('model.rocAsk')} x={t('model.rocX')} y={t('model.rocY')} most={1}>
      <path className="c-mod-under" d={`${pathOf(points, SIDE)}L${SIDE} ${SIDE}Z`} />
      <path className="c-mod-curve" d={pathOf(points, SIDE)} />
    </Square>
  );
};

export const CalibrationChart = ({ bins }: { bins: FiguresView['bins'] }) => {
  const { t } = useTranslation();
  const highest = Math.max(0.01, ...bins.flatMap(({ said, seen }) => [said, seen]));
  const most = Math.min(1, Math.ceil(highest * 20) / 20);
  const points = bins.map(({ said, seen }) => ({ x: said / most, y: seen / most }));
  return (
    <Square label={t('model.binsAsk')} x={t('model.said')} y={t('model.seen')} most={most}>
      <path className="c-mod-curve" d={pathOf(points, SIDE)} />
      {points.map(({ x, y }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
        <circle key={i} className="c-mod-dot" cx={x * SIDE} cy={(1 - y) * SIDE} r={4}>
          <title>{`${t('model.groupOf', { n: i + 1 })}: ${t('model.said')} ${percent(bins[i]!.said)}, ${t('model.seen')} ${percent(bins[i]!.seen)}`}</title>
        </circle>
      ))}
    </Square>
  );
};

export const LiftChart = ({ lift }: { lift: FiguresView['lift'] }) => {
  const { t } = useTranslation();
  const most = Math.max(1, ...lift);
  return (
    <figure className="c-mod-lift" aria-label={t('model.liftAsk')}>
      {lift.map((times, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tenth is its place
        <span key={i} className="c-mod-bar" title={`${t('model.tenthOf', { from: i * 10, to: (i + 1) * 10 })}: ${times.toFixed(2)}×`}>
          <span className="c-small">{times.toFixed(1)}</span>
          <span className="c-mod-fill" style={{ blockSize: `${(times / most) * 100}%` }} />
          <span className="c-faint c-small">{(i + 1) * 10}%</span>
        </span>
      ))}
    </figure>
  );
};
