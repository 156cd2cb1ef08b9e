import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Definition } from '#derivation/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Author } from '../parts/Author.tsx';
import { useVersions } from './derivations.ts';
import { lineChanges } from './draft.ts';

/** Who published which version when and why, and what it changed; an old one can be taken up again as a draft. */
export const VersionList = ({ tag, onTake }: { tag: string; onTake: ((old: Definition) => void) | null }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const versions = useVersions(tag);
  if (versions.isPending) return <Loading lines={3} />;
  if (!versions.data) return <Refused error={versions.error} onAgain={() => void versions.refetch()} />;
  const { items } = versions.data;
  const read = (i: number): readonly string[] => (lang === 'zh-CN' ? items[i]?.says.zh : items[i]?.says.en) ?? [];
  return (
    <ul className="c-list">
      {items.map((one, i) => (
        <li key={one.version}>
          <p className="c-list-head">
            <strong>{t('derivation.version', { version: one.version })}</strong>
            <span className="c-soft">
              <Author by={one.by} /> · <Moment at={one.at} />
            </span>
            {onTake && i > 0 && (
              <Button size="small" className="c-end" onClick={() => onTake(one.definition)}>
                {t('derivation.take')}
              </Button>
            )}
          </p>
          {one.reason && <p>{one.reason}</p>}
          {i < items.length - 1 && (
            <ul className="c-edit-changes c-list">
              {lineChanges(read(i + 1), read(i))
                .filter(({ sign }) => sign !== '=')
                .map(({ sign, line }) => (
                  <li key={`${sign} ${line}`}>
                    <span className={`c-edit-sign ${sign === '-' ? 'c-edit-removed' : 'c-edit-added'}`}>{sign === '-' ? '−' : '+'}</span>{' '}
                    {sign === '-' ? <del>{line}</del> : <ins>{line}</ins>}
                  </li>
                ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
};
