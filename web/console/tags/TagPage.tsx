import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TagView } from './TagView.tsx';

/** One tag as a page of its own. */
export const TagPage = () => {
  const { t } = useTranslation();
  const { name } = useParams({ strict: false }) as { name: string };
  return (
    <>
      <p className="c-tags-back">
        <Link to="/tags">{t('tag.all')}</Link>
      </p>
      <TagView key={name} name={name} asPage />
    </>
  );
};
