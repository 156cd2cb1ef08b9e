import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../kit/faces.tsx';
import { duration, integer } from '../../kit/format.ts';
import { useLive, useWhere } from '../../kit/hooks.ts';
import { Card } from '../parts/Card.tsx';
import { Reason } from '../parts/Reason.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { queries } from '../queries.ts';
import { wordsOptions } from '../words.ts';
import { type ImportProgress, run } from './imports.ts';
import { WhereItWent } from './WhereItWent.tsx';

/** An import under way, and what came of it. */
export const ImportRun = ({ file, map, token, onAgain }: { file: File; map: string; token: string; onAgain: () => void }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const begun = useRef<string | null>(null);
  const sending = useMutation({
    mutationFn: () => run(file, map, token),
    // a scenario drafted from the file has a name now, and what was asked before may have another answer
    onSuccess: () => Promise.all([['process'], wordsOptions.queryKey].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  const { value } = useLive<ImportProgress>(sending.isPending ? `/api/imports/${token}/stream` : null);
  const { mutate } = sending;
  useEffect(() => {
    if (begun.current === token) return;
    begun.current = token;
    mutate();
  }, [token, mutate]);
  if (sending.error) {
    return (
      <Refused error={sending.error}>
        <p>{t('import.againSafe')}</p>
        <button type="button" className="g-button g-button-main" onClick={() => mutate()}>
          {t('import.again')}
        </button>
        <button type="button" className="g-button" onClick={onAgain}>
          {t('import.other')}
        </button>
      </Refused>
    );
  }
  const done = sending.data;
  const counts = done ?? value;
  const share = done ? 100 : value && value.totalBytes > 0 ? Math.floor((value.bytes / value.totalBytes) * 100) : 0;
  return (
    <Card title={t(done ? 'import.done' : 'import.running')}>
      <Progress percent={share} status={done ? 'success' : 'active'} aria-label={t('import.running')} />
      {counts && (
        <dl className="c-sums" aria-live="polite">
          {(['events', 'duplicates', 'conflicts', 'rejected'] as const).map((name) => (
            <div key={name}>
              <dt>{t(`import.${name}`)}</dt>
              <dd>{integer(counts[name])}</dd>
            </div>
          ))}
          {done && (
            <div>
              <dt>{t('import.journeys')}</dt>
              <dd>{integer(done.journeys)}</dd>
            </div>
          )}
          {done && (
            <div>
              <dt>{t('import.took')}</dt>
              <dd>{duration(done.seconds, lang)}</dd>
            </div>
          )}
        </dl>
      )}
      {done && <WhereItWent done={done} />}
      {done && done.rejectedRows.length > 0 && (
        <Scroll label={t('import.rejectedRows')}>
          <table className="c-counts">
            <caption>{t('import.rejectedRows')}</caption>
            <thead>
              <tr>
                <th scope="col" className="c-num">
                  {t('import.line')}
                </th>
                <th scope="col">{t('import.why')}</th>
              </tr>
            </thead>
            <tbody>
              {done.rejectedRows.slice(0, 100).map((row) => (
                <tr key={`${row.line} ${row.code}`}>
                  <td className="c-num">{row.line}</td>
                  <td>
                    <Reason problem={row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {done && (
        <p className="c-page-acts">
          {done.conflicts > 0 && (
            <Link to="/repair" search={{ tab: 'conflicts' } as never} className="g-button">
              {t('import.toConflicts')}
            </Link>
          )}
          <Button onClick={onAgain}>{t('import.another')}</Button>
        </p>
      )}
    </Card>
  );
};
