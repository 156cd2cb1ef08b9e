import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { useRuns } from './cases.ts';

/** What the last sweep looked at and found, and what is wrong with it: of when the list speaks. */
export const Morning = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const run = useRuns(1).data?.items[0];
  if (!run) return null;
  const bad = run.state === 'failed' || run.trouble !== null;
  return (
    <p className={bad ? 'c-note c-note-wait' : 'c-note'}>
      {run.state === 'running' ? (
        t('retention.sweeping', { day: dateWords(run.day, lang) })
      ) : (
        <>
          {t('retention.swept', {
            day: dateWords(run.day, lang),
            customers: integer(run.customers),
            cases: integer(run.cases),
            heldBack: integer(run.suppressed),
          })}{' '}
          {run.ended && (
            <span className="c-faint">
              <Moment at={run.ended} />
            </span>
          )}
        </>
      )}
      {run.trouble && <span className="c-block">{names.of(run.trouble)}</span>}
    </p>
  );
};
