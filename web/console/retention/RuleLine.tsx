import { useTranslation } from 'react-i18next';
import { figure, integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { Author } from '../parts/Author.tsx';
import { Explained } from '../parts/Explained.tsx';
import { useNames } from '../words.ts';
import { Urgency } from './CaseSigns.tsx';
import type { Rule } from './rules.ts';

interface Props {
  rule: Rule;
  /** What it did on the latest morning. */
  spoke: { hits: number; known: number; trouble: string | null } | undefined;
  /** Customers looked at on that morning. */
  customers: number;
  onOpen: () => void;
}

/** A rule as a sentence, with how many it hit on the latest morning and of how many its facts are known. */
export const RuleLine = ({ rule, spoke, customers, onOpen }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const isFew = spoke !== undefined && spoke.known > 0 && spoke.known / customers < 0.001;
  return (
    <li className="c-card c-ret-rule">
      <div className="c-ret-rule-head">
        <button type="button" className="c-link c-ret-rule-name" onClick={onOpen}>
          {names.of(rule.names)}
        </button>
        {rule.effect === 'work' && <Urgency priority={rule.priority} />}
        {!rule.inForce && <StateTag state="skipped">{t('rule.off')}</StateTag>}
        {rule.mistake && <StateTag state="late">{t('rule.wrong')}</StateTag>}
        <span className="c-faint c-small c-end">
          {t('rule.version', { version: rule.version })} · <Author by={rule.by} /> · <TimeAgo at={rule.at} />
        </span>
      </div>
      <p className="c-ret-says">{names.of(rule.says)}</p>
      {rule.mistake && <p className="c-refused">{names.of(rule.mistake)}</p>}
      {spoke && rule.effect !== 'population' && (
        <p className="c-ret-spoke">
          <span>
            {t('rule.hits')} <strong>{integer(spoke.hits)}</strong>
          </span>
          {customers > 0 && (
            <span className={spoke.hits === 0 && spoke.known < customers / 2 ? 'c-refused' : 'c-soft'}>
              {t('rule.known', {
                share: isFew ? t('audience.few') : percent(spoke.known / customers),
                count: figure(spoke.known, lang) as never,
              })}
            </span>
          )}
          <Explained name={t('rule.hits')} text={t('rule.hitsWhat')} />
        </p>
      )}
    </li>
  );
};
