import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Author } from '../parts/Author.tsx';
import { useNames } from '../words.ts';
import { type Rule, useVersions } from './rules.ts';
import { changedFields } from './ruleText.ts';

/** Who wrote which version when, and what it changed; an old one can be taken up again as a new one. */
export const VersionList = ({ id, onTake }: { id: string; onTake: ((old: Rule) => void) | null }) => {
  const { t } = useTranslation();
  const names = useNames();
  const versions = useVersions(id);
  if (versions.isPending) return <Loading lines={2} />;
  if (!versions.data) return <Refused error={versions.error} onAgain={() => void versions.refetch()} />;
  const items = [...versions.data.items].sort((a, b) => b.version - a.version);
  return (
    <section aria-label={t('rule.versions')}>
      <h3 className="c-subhead">{t('rule.versions')}</h3>
      <ul className="c-list">
        {items.map((one, i) => {
          const before = items[i + 1];
          const fields = before ? changedFields(before, one) : [];
          return (
            <li key={one.version}>
              <p className="c-list-head">
                <strong>{t('rule.version', { version: one.version })}</strong>
                <span className="c-soft">
                  <Author by={one.by} /> · <Moment at={one.at} />
                </span>
                {onTake && i > 0 && (
                  <Button size="small" className="c-end" onClick={() => onTake(one)}>
                    {t('rule.take')}
                  </Button>
                )}
              </p>
              <p>{names.of(one.says)}</p>
              {fields.length > 0 && (
                <p className="c-soft">
                  {t('rule.changed', { fields: fields.map((field) => t(`rule.field.${field}`)).join(t('tag.and')) })}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
