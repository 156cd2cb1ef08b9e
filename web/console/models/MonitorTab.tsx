import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { HealthSign } from './ModelSigns.tsx';
import { type Page, useMonitor, type Watched } from './models.ts';
import { three } from './stand.ts';

type Day = Watched['items'][number];

/** How the scores have done since they were published, day by day. */
export const MonitorTab = ({ model }: { model: Page }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const monitor = useMonitor(model.id, model.refresh?.at ?? null);
  if (monitor.isPending) return <Loading lines={8} />;
  if (!monitor.data) return <Refused error={monitor.error} onAgain={() => void monitor.refetch()} />;
  const { items, limits, waiting } = monitor.data;
  const [last] = items;
  if (!last) {
    return (
      <Empty title={t('model.noMonitor')}>
        <p>{t('model.noMonitorNext')}</p>
      </Empty>
    );
  }
  const again = limits.find(({ figure }) => figure === 'psi')?.again ?? 1;
  const stand = last.because.includes('psi') ? ((last.psi ?? 0) >= again ? 'again' : 'watch') : 'good';
  return (
    <>
      <Card title={t('model.psiAsk')} extra={<Explained name={t('model.psi')} text={t('model.psiWhat')} />}>
        <p className="c-soft c-small">{t(`model.psiSays.${stand}`, { psi: three(last.psi) })}</p>
        <PsiBars days={items.toReversed()} again={again} />
      </Card>
      <DayTable days={items} model={model} />
      {waiting.length > 0 && (
        <p className="c-soft c-small">
          {t('model.waiting', {
            days: waiting
              .map(({ day, due }) => t('model.waitingOne', { day: dateWords(day, lang), due: dateWords(due, lang) }))
              .join(t('tag.and')),
          })}
        </p>
      )}
      <p className="c-soft c-small">
        {t('model.limits')}
        {lang === 'zh-CN' ? '：' : ': '}
        {limits
          .map(({ figure, watch, again: to }) =>
            t('model.limitOf', {
              figure: t(`model.because.${figure}`),
              watch,
              again: to === null ? '' : t('model.limitAgain', { again: to }),
            }),
          )
          .join(lang === 'zh-CN' ? '；' : '; ')}
      </p>
    </>
  );
};

/** A bar a day from zero; the limit at which to train again is the top where nothing is above it. */
const PsiBars = ({ days, again }: { days: readonly Day[]; again: number }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const most = Math.max(again, ...days.map(({ psi }) => psi ?? 0));
  return (
    <>
      <figure className="c-mod-days" aria-label={t('model.psiAsk')}>
        {days.map(({ day, psi, state }) => (
          <span key={day} className={`c-mod-day c-mod-${state}`} title={`${dateWords(day, lang)}: ${three(psi)}`}>
            <span style={{ blockSize: `${((psi ?? 0) / most) * 100}%` }} />
          </span>
        ))}
      </figure>
      <p className="c-faint c-small" aria-hidden="true">
        {t('stage.scale', { first: dateWords(days[0]!.day, lang), last: dateWords(days.at(-1)!.day, lang), most: most.toFixed(2) })}
      </p>
    </>
  );
};

const DayTable = ({ days, model: { full, kind } }: { days: readonly Day[]; model: Pick<Page, 'full' | 'kind'> }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  return (
    <Scroll className="c-card" label={t('model.tab.monitor')}>
      <table className="c-counts c-mod-table">
        <thead>
          <tr>
            <th scope="col">{t('model.day')}</th>
            <th scope="col">{t('model.state')}</th>
            <th scope="col" className="c-num">
              {t('model.psi')}
            </th>
            <th scope="col" className="c-num">
              {t('model.mean')}
            </th>
            <th scope="col" className="c-num">
              {t('model.scored')}
            </th>
            <th scope="col">{t('model.moved')}</th>
            <th scope="col">
              {t('model.judged')} <Explained name={t('model.judged')} text={t('model.judgedWhat')} />
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={one.day}>
              <th scope="row">
                {dateWords(one.day, lang)}
                {kind === 'trained' && <span className="c-block c-soft c-small">{t('model.n_th', { n: one.version })}</span>}
                {one.handed && <span className="c-block c-soft c-small">{t('model.handed')}</span>}
              </th>
              <td>
                <HealthSign health={one} />
              </td>
              <td className="c-num">{three(one.psi)}</td>
              <td className="c-num">{one.mean === null ? '–' : (one.mean * full).toFixed(0)}</td>
              <td className="c-num">{integer(one.scored)}</td>
              <td className="c-soft">
                {one.inputs
                  .slice(0, 2)
                  .map(({ names: said, psi }) => `${names.of(said)} ${three(psi)}`)
                  .join(' · ') || '–'}
              </td>
              <td>
                {one.judged
                  ? t('model.judgedOf', {
                      day: dateWords(one.judged.of, lang),
                      auc: three(one.judged.auc),
                      ece: three(one.judged.ece),
                      n: integer(one.judged.n),
                      positives: integer(one.judged.positives),
                    })
                  : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
