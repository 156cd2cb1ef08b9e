import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { useBuilder } from './builder.ts';

/** How many people are left after a line of the outermost group, and how many it took: a quiet bar with its figures. */
export const LeftBar = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const found = useBuilder().left.get(id);
  if (!found) return null;
  const width = (share: number) => `${Math.min(100, share * 100)}%`;
  return (
    <div className="c-aud-left">
      <span className="c-aud-left-room" aria-hidden="true">
        <span className="c-aud-left-in" style={{ inlineSize: width(found.share) }} />
        <span className="c-aud-left-out" style={{ inlineSize: width(found.takenShare) }} />
      </span>
      <span className="c-aud-left-figures">
        <span>
          {t('audience.left')} <strong>{integer(found.left)}</strong>
        </span>
        <span className="c-faint">
          {t('audience.taken')} {integer(found.taken)}
        </span>
        {found.unknown !== null && found.unknown > 0 && (
          <span className="c-faint" title={t('audience.unknownWhat')}>
            {t('audience.unknown')} {integer(found.unknown)}
          </span>
        )}
      </span>
    </div>
  );
};
