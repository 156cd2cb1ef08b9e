import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TagView } from '#tag/contract';
import { useTagName } from './tags.ts';

/** A tag by its words, its name below. A plain click opens the drawer, with Ctrl or the middle button the full page. */
export const TagLink = ({ tag, onOpen }: { tag: TagView; onOpen: (name: string) => void }) => {
  const { t } = useTranslation();
  const said = useTagName()(tag);
  return (
    <>
      <Link
        to="/tags/$name"
        params={{ name: tag.name }}
        className="c-tags-name"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          event.stopPropagation();
          onOpen(tag.name);
        }}
      >
        {said}
      </Link>
      {tag.hidden && <span className="c-faint c-small"> {t('tag.hiddenMark')}</span>}
      {said !== tag.name && <span className="c-block c-code c-soft c-small">{tag.name}</span>}
    </>
  );
};
