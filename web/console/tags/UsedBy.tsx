import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { figure } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useNames } from '../words.ts';
import { useUses } from './uses.ts';

/** Whom a change of a tag concerns: tags made of it, saved audiences, models, churn rules; as far as the reader may see them. */
export const UsedBy = ({ name }: { name: string }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const { derivations, audiences, models, rules, isPending, error, again } = useUses(name);
  if (isPending) return <Loading lines={2} />;
  if (error) return <Refused error={error} onAgain={again} />;
  const count = derivations.length + audiences.items.length + models.length + rules.length;
  if (count === 0) return <p className="c-soft">{t('tag.notUsed')}</p>;
  return (
    <>
      <Group title={t('tag.uses.derivations')} of={derivations.length}>
        {derivations.map((row) => (
          <li key={row.tag}>
            <p className="c-list-head">
              <Link to="/tags/$name" params={{ name: row.tag }}>
                {names.of(row.names)}
              </Link>
              <span className="c-code c-soft c-small">{row.tag}</span>
            </p>
          </li>
        ))}
      </Group>
      <Group title={t('tag.uses.audiences')} of={audiences.items.length}>
        {audiences.items.map((audience) => (
          <li key={audience.id}>
            <p className="c-list-head">
              <Link to="/audiences/$id" params={{ id: audience.id }}>
                {audience.name}
              </Link>
              <span className="c-soft">{audience.owner.name}</span>
              {audience.counted && <span className="c-soft c-end">{figure(audience.counted.count, lang)}</span>}
            </p>
            {audience.sentence && <p className="c-soft">{audience.sentence}</p>}
          </li>
        ))}
        {audiences.total > audiences.items.length && (
          <li className="c-soft">{t('tag.moreUsers', { count: audiences.total - audiences.items.length })}</li>
        )}
      </Group>
      <Group title={t('tag.uses.models')} of={models.length}>
        {models.map((model) => (
          <li key={model.id}>
            <p className="c-list-head">
              <Link to="/models/$id" params={{ id: model.id }}>
                {names.of(model.names)}
              </Link>
              <span className="c-soft">{model.owner}</span>
            </p>
          </li>
        ))}
      </Group>
      <Group title={t('tag.uses.rules')} of={rules.length}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <p className="c-list-head">
              <Link to="/retention/rules" search={{ rule: rule.id } as never}>
                {names.of(rule.names)}
              </Link>
            </p>
          </li>
        ))}
      </Group>
    </>
  );
};

const Group = ({ title, of, children }: { title: string; of: number; children: ReactNode }) =>
  of === 0 ? null : (
    <section aria-label={title}>
      <h3 className="c-subhead">{title}</h3>
      <ul className="c-list">{children}</ul>
    </section>
  );
