import { useTranslation } from 'react-i18next';
import type { TagDay, TagView } from '#tag/contract';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { ADDED } from './days.ts';
import { useCauseWords } from './useCauseWords.ts';
import { amountWords, dateWords } from './values.ts';

/** The same days as a table, the latest first, with all that moved each. */
export const DayTable = ({ tag, days }: { tag: TagView; days: readonly TagDay[] }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const words = useCauseWords(tag);
  const middle = (day: TagDay): string | null => {
    if (tag.kind === 'flag') return integer(day.yes);
    return tag.kind === 'number' ? (day.mean === null ? '–' : amountWords(day.mean, tag.names, Math.max(tag.scale, 1), lang)) : null;
  };
  const has = tag.kind === 'flag' ? 'yes' : tag.kind === 'number' ? 'mean' : null;
  return (
    <Scroll label={t('tagDay.title')} className="c-tagday-table">
      <table className="c-counts">
        <caption className="g-hidden">{t('tagDay.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tagDay.day')}</th>
            <th scope="col" className="c-num">
              {t('tagDay.measure.known')}
            </th>
            {has && (
              <th scope="col" className="c-num">
                {t(`tagDay.measure.${has}`)}
              </th>
            )}
            <th scope="col" className="c-num">
              {t('tagDay.change', { what: t(`tagDay.measure.${ADDED[tag.kind]}`) })}
            </th>
            <th scope="col">{t('tagDay.why')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row" className="c-nowrap">
                {day.closedAt === null ? t('tagDay.today') : dateWords(day.day, lang)}
              </th>
              <td className="c-num">{integer(day.known)}</td>
              {has && <td className="c-num">{middle(day)}</td>}
              <td className="c-num">{day.change === null ? '–' : words.by({ by: day.change })}</td>
              <td>{words.causes(day)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
