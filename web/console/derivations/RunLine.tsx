import { useTranslation } from 'react-i18next';
import type { DerivationRun } from '#derivation/contract';
import { integer } from '../../kit/format.ts';
import { TimeAgo } from '../../kit/TimeAgo.tsx';

/** How long a run took: 0.4 s, 12 s. */
export const useTook = () => {
  const { t } = useTranslation();
  return ({ began, ended }: Pick<DerivationRun, 'began' | 'ended'>): string => {
    if (ended === null) return '—';
    const seconds = (Date.parse(ended) - Date.parse(began)) / 1_000;
    return t('derivation.seconds', { seconds: seconds < 10 ? seconds.toFixed(1) : Math.round(seconds) });
  };
};

/** The last run in a line. */
export const RunLine = ({ run }: { run: DerivationRun | null }) => {
  const { t } = useTranslation();
  const took = useTook();
  if (run === null) return <span className="c-soft">{t('derivation.noRuns')}</span>;
  if (run.state === 'running') return <span>{t('derivation.running', { done: run.done, blocks: run.blocks })}</span>;
  return (
    <span>
      <TimeAgo at={run.began} /> · {t('derivation.ranChanged', { changed: integer(run.changed) as never })} · {took(run)}
    </span>
  );
};
