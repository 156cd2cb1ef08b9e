import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { useNames } from '../words.ts';
import type { Case } from './cases.ts';
import { inOneLine, type Speech } from './evidence.ts';

const FACES: Record<Case['state'], StateName> = { open: 'pending', taken: 'active', suppressed: 'waiting', closed: 'done' };

/** Where a case stands: waiting for somebody, with whom, held back and why, how it ended. */
export const CaseState = ({ one }: { one: Case }) => {
  const { t } = useTranslation();
  const names = useNames();
  const more =
    one.state === 'taken' ? one.holder : one.state === 'suppressed' ? names.of(one.because?.names) : names.of(one.outcome?.names);
  return (
    <span className="c-ret-state">
      <StateTag state={FACES[one.state]}>{t(`retention.state.${one.state}`)}</StateTag>
      {more && <span className="c-soft">{more}</span>}
    </span>
  );
};

/** Up to this level a case is called first, up to the next one soon. */
const FIRST = 2;
const SOON = 4;

/** How soon he should be called: 1 is first. */
export const Urgency = ({ priority }: { priority: number }) => {
  const { t } = useTranslation();
  return (
    <StateTag state={priority <= FIRST ? 'late' : priority <= SOON ? 'dueSoon' : 'next'}>
      {t('retention.level', { level: priority })}
    </StateTag>
  );
};

export const useSpeech = (): Speech => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  return {
    lang,
    yes: t('tag.yes'),
    no: t('tag.no'),
    unknown: t('retention.unknown'),
    counted: (unit, count) => t(`retention.unit.${unit}`, { count }),
  };
};

/** The rules that spoke, the most urgent first, each with the figures that made it speak. */
export const RuleWords = ({ one }: { one: Case }) => {
  const { t } = useTranslation();
  const names = useNames();
  const speech = useSpeech();
  return (
    <ul className="c-ret-rules">
      {one.rules.map((rule) => (
        <li key={rule.id}>
          <strong>{names.of(rule.names)}</strong>
          <span className="c-soft"> {inOneLine(rule.evidence, t('retention.daily'), speech)}</span>
        </li>
      ))}
    </ul>
  );
};
