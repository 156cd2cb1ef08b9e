import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import { useBuilder } from './builder.ts';
import { LineForm } from './LineForm.tsx';
import { NodeActs } from './NodeActs.tsx';
import { isAllowed, tagAsked } from './purpose.ts';
import { useTag } from './tags.ts';
import { isComplete, type Line } from './tree.ts';

/** One condition. `inside`: how its group joins; `index`: its place there. */
export const TreeLine = ({ line, at, inside, index }: { line: Line; at: string; inside: 'and' | 'or'; index: number }) => {
  const { t } = useTranslation();
  const { open, act, wrong, purpose } = useBuilder();
  const name = t('audience.lineAt', { at });
  const tag = useTag(tagAsked(line.what)).data;
  const isForbidden = purpose !== null && tag !== undefined && !isAllowed(tag, purpose);
  const against = isForbidden ? t('audienceChange.notFor', { purpose: t(`audience.purposeOf.${purpose}`) }) : wrong.get(line.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in one row everywhere
    <div
      role="group"
      aria-label={name}
      className={`c-aud-line${line.off ? ' c-aud-off' : ''}${against ? ' c-aud-wrong' : ''}`}
      onFocus={() => act({ do: 'open', id: line.id })}
    >
      <NodeActs node={line} at={at} name={name} side="grip" />
      <div className="c-aud-fields">
        <LineForm line={line} name={name} isOpen={open === line.id} hasAbove={inside === 'and' && index > 0} />
        {line.off && <span className="c-aud-note">{t('audience.isOff')}</span>}
        {!line.off && !isComplete(line.what) && <span className="c-aud-note">{t('audience.notYet')}</span>}
        {against && !line.off && (
          <span className="c-aud-note c-aud-bad" role="status">
            <Icon name="alert" /> {against}
          </span>
        )}
      </div>
      <NodeActs node={line} at={at} name={name} side="menu" />
    </div>
  );
};
