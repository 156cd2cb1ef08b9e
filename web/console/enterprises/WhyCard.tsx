import { useTranslation } from 'react-i18next';
import type { Axis } from '#enterprise/contract';
import { percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import type { Detail } from './enterprises.ts';
import { valueWords } from './words.ts';

const AXES: readonly Axis[] = ['value', 'loyalty', 'competition'];

/** Every point of the place, traced to its indicator, with what was known when. */
export const WhyCard = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  return (
    <Card title={t('enterprise.why')} extra={<Explained name={t('enterprise.why')} text={t('enterprise.whyWhat')} />}>
      {AXES.map((axis) => (
        <AxisLines key={axis} axis={axis} detail={detail} />
      ))}
    </Card>
  );
};

const AxisLines = ({ axis, detail }: { axis: Axis; detail: Detail }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const { points, of, all, level } = detail.axes[axis];
  const lines = detail.lines.filter((line) => line.part.axis === axis);
  return (
    <section className="c-ent-axis" aria-label={t(`enterprise.axis.${axis}`)}>
      <h3>
        {t(`enterprise.axis.${axis}`)}
        <span className="c-ent-bar" aria-hidden="true">
          <span style={{ inlineSize: `${of > 0 ? (points / of) * 100 : 0}%` }} />
        </span>
        <span>
          {level === null
            ? t('enterprise.noLevel', { known: of, all })
            : t('enterprise.share', { share: percent(points / of), level: t(`enterprise.level.${level}`) })}
        </span>
        <span className="c-soft c-small">{of > 0 && t('enterprise.points', { points, of })}</span>
      </h3>
      <Scroll label={t(`enterprise.axis.${axis}`)}>
        <table className="c-counts c-ent-lines">
          <thead>
            <tr>
              <th scope="col">{t('enterprise.indicator')}</th>
              <th scope="col" className="c-num">
                {t('enterprise.fact')}
              </th>
              <th scope="col" className="c-num">
                {t('enterprise.gives')}
              </th>
              <th scope="col">{t('enterprise.factDay')}</th>
              <th scope="col">{t('enterprise.nextBand')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.indicator} className={line.state === 'known' ? undefined : 'c-ent-off'}>
                <th scope="row">
                  {names.of(line.names)}
                  <Explained name={names.of(line.names)} text={names.of(line.meaning)} />
                  <span className="c-block c-soft c-small">{names.of(line.part.names)}</span>
                </th>
                <td className="c-num">
                  {line.state === 'unknown' ? (
                    <StateTag state="skipped">{t('enterprise.state.unknown')}</StateTag>
                  ) : (
                    valueWords(line.value, line.unit, t, lang)
                  )}
                  {line.state === 'old' && (
                    <span className="c-block">
                      <StateTag state="waiting">{t('enterprise.state.old')}</StateTag>
                    </span>
                  )}
                </td>
                <td className="c-num">{line.state === 'known' ? t('enterprise.points', { points: line.points, of: line.of }) : '–'}</td>
                <td>
                  {line.at === null ? '–' : dateWords(line.at, lang)}
                  <span className="c-block c-soft c-small">{line.at !== null && detail.numbers.length === 1 && detail.source}</span>
                </td>
                <td className="c-soft">
                  {line.next && t('enterprise.next', { value: valueWords(line.next.from, line.unit, t, lang), points: line.next.points })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
};
