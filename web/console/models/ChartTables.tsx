import { useTranslation } from 'react-i18next';
import type { FiguresView } from '#model/contract';
import { integer, percent } from '../../kit/format.ts';
import { Scroll } from '../parts/Scroll.tsx';

/** The figures behind the pictures. */

interface Rows {
  label: string;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}

const Figures = ({ label, heads, rows }: Rows) => (
  <Scroll label={label}>
    <table className="c-counts">
      <thead>
        <tr>
          {heads.map((head, i) => (
            <th key={head} scope="col" className={i > 0 ? 'c-num' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...others]) => (
          <tr key={first}>
            <th scope="row">{first}</th>
            {others.map((cell, i) => (
              <td key={heads[i + 1]} className="c-num">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

/** Every so many points: the curve has sixty, which nobody reads. */
const EVERY = 6;

export const RocTable = ({ points }: { points: FiguresView['roc'] }) => {
  const { t } = useTranslation();
  const some = points.filter((_, i) => i % EVERY === 0 || i === points.length - 1);
  return (
    <Figures label={t('model.rocAsk')} heads={[t('model.rocX'), t('model.rocY')]} rows={some.map(({ x, y }) => [percent(x), percent(y)])} />
  );
};

export const BinTable = ({ bins }: { bins: FiguresView['bins'] }) => {
  const { t } = useTranslation();
  return (
    <Figures
      label={t('model.binsAsk')}
      heads={[t('model.group'), t('model.rows'), t('model.said'), t('model.seen')]}
      rows={bins.map(({ rows, said, seen }, i) => [t('model.groupOf', { n: i + 1 }), integer(rows), percent(said), percent(seen)])}
    />
  );
};

export const LiftTable = ({ lift }: { lift: FiguresView['lift'] }) => {
  const { t } = useTranslation();
  return (
    <Figures
      label={t('model.liftAsk')}
      heads={[t('model.tenth'), t('model.times')]}
      rows={lift.map((times, i) => [t('model.tenthOf', { from: i * 10, to: (i + 1) * 10 }), times.toFixed(2)])}
    />
  );
};
