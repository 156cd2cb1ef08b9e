import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import type { TagLine } from './find.ts';
import { MovementSign } from './MovementSign.tsx';
import { TagLink } from './TagLink.tsx';
import { FreshTag, KindSign, KnownBar, ValuesShort } from './TagSigns.tsx';
import { useSourceName } from './useSourceName.ts';
import { dateWords } from './values.ts';

/** The same tags on a phone. */
export const TagCards = ({ lines, everyone, onOpen }: { lines: readonly TagLine[]; everyone: number; onOpen: (name: string) => void }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const sourceName = useSourceName();
  return (
    <ul className="c-cards">
      {lines.map(({ tag, fresh }) => (
        <li key={tag.name} className="c-order-card">
          <div className="c-order-card-head">
            <span>
              <TagLink tag={tag} onOpen={onOpen} />
            </span>
            <FreshTag fresh={fresh} />
          </div>
          <p className="c-order-card-foot">
            <KindSign kind={tag.kind} />
            <KnownBar tag={tag} everyone={everyone} />
          </p>
          <p>
            <ValuesShort tag={tag} />
          </p>
          {tag.movement && (
            <p>
              {t('tagDay.since')} <MovementSign tag={tag} />
            </p>
          )}
          <p className="c-soft c-order-card-foot">
            <span>
              {[tag.source && sourceName(tag.source), tag.speaksOf && t('tag.ofMonth', { when: dateWords(tag.speaksOf, lang) })]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {tag.loadedAt && <TimeAgo at={tag.loadedAt} />}
          </p>
        </li>
      ))}
    </ul>
  );
};
