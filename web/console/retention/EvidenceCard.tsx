import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { useSpeech } from './CaseSigns.tsx';
import type { Detail } from './cases.ts';
import { dailyOf, dailyWords, shownWords } from './evidence.ts';

/** One rule that spoke: its definition, since when, and the figures on the first day and on the last. */
export const EvidenceCard = ({ hit }: { hit: Detail['hits'][number] }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const speech = useSpeech();
  const daily = dailyOf(hit.evidence);
  const moved = hit.evidence.some(({ first, last }) => first !== last);
  return (
    <section className="c-card c-ret-hit" aria-label={names.of(hit.names)}>
      <h3>
        {names.of(hit.names)} {daily && <span className="c-ret-daily">{dailyWords(daily, lang)}</span>}
      </h3>
      <p className="c-soft">{names.of(hit.says)}</p>
      <table className="c-counts">
        <thead>
          <tr>
            <th scope="col">{t('retention.fact')}</th>
            {moved && (
              <th scope="col" className="c-num">
                {dateWords(hit.firstOn, lang)}
              </th>
            )}
            <th scope="col" className="c-num">
              {dateWords(hit.lastOn, lang)}
            </th>
          </tr>
        </thead>
        <tbody>
          {hit.evidence.map((fact) => (
            <tr key={fact.fact}>
              <th scope="row" title={fact.fact}>
                {names.of(fact.names)}
              </th>
              {moved && <td className="c-num c-soft">{shownWords(fact.first, fact.unit, speech)}</td>}
              <td className="c-num">{shownWords(fact.last, fact.unit, speech)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="c-faint c-small">
        {t('retention.spoke', { first: dateWords(hit.firstOn, lang), days: hit.days, version: hit.version })}
      </p>
    </section>
  );
};
