import { useTranslation } from 'react-i18next';
import { percent } from '../../kit/format.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import type { Model, Version } from './models.ts';
import { shareOf, standOf } from './stand.ts';

const FACES: Readonly<Record<Version['state'] | 'none', StateName>> = {
  none: 'next',
  draft: 'pending',
  training: 'active',
  trained: 'dueSoon',
  published: 'done',
  retired: 'skipped',
  failed: 'late',
};

/** Where a model stands: which version is in use, or what comes first. */
export const ModelStand = ({ model }: { model: Model }) => {
  const { t } = useTranslation();
  const { state, n, share } = standOf(model);
  const face = state === 'outside' ? 'done' : FACES[state];
  return <StateTag state={face}>{t(`model.stand.${state}`, { n, percent: percent(share) })}</StateTag>;
};

export const VersionState = ({ version }: { version: Version }) => {
  const { t } = useTranslation();
  const { progress, state } = version;
  return (
    <>
      <StateTag state={FACES[state]}>{t(`model.versionState.${state}`)}</StateTag>
      {progress && (
        <span className="c-block c-soft c-small" role="status">
          {progress.total > 0
            ? t('model.progress', { step: t(`model.step.${progress.step}`), done: progress.done, total: progress.total })
            : t(`model.step.${progress.step}`)}
        </span>
      )}
      {version.problem && <span className="c-block c-refused c-small">{version.problem.message}</span>}
    </>
  );
};

const HEALTHS = { good: 'done', watch: 'dueSoon', again: 'late' } as const;

/** The state of a day, and what made it so. */
export const HealthSign = ({ health }: { health: Pick<NonNullable<Model['health']>, 'state' | 'because'> | null }) => {
  const { t } = useTranslation();
  if (health === null) return <span className="c-faint">–</span>;
  return (
    <>
      <StateTag state={HEALTHS[health.state]}>{t(`model.health.${health.state}`)}</StateTag>
      {health.because.length > 0 && (
        <span className="c-block c-soft c-small">{health.because.map((figure) => t(`model.because.${figure}`)).join(t('tag.and'))}</span>
      )}
    </>
  );
};

/** How a model is doing. Scores from outside of which no outcome is known are not called good. */
export const ModelHealth = ({ model: { kind, health } }: { model: Pick<Model, 'kind' | 'health'> }) => {
  const { t } = useTranslation();
  if (kind === 'outside' && health?.state === 'good' && !health.judged) {
    return <StateTag state="pending">{t('model.health.unjudged')}</StateTag>;
  }
  return <HealthSign health={health} />;
};

/** The renewal of all scores: how far it is, or what it did. */
export const RefreshLine = ({ refresh }: { refresh: Model['refresh'] }) => {
  const { t } = useTranslation();
  if (refresh === null) return null;
  return (
    <span className="c-soft" role="status">
      {t(`model.refresh.${refresh.state}`, {
        percent: percent(shareOf(refresh)),
        scored: refresh.scored.toLocaleString('en-US'),
        changed: refresh.changed.toLocaleString('en-US'),
      })}
    </span>
  );
};
