import { useTranslation } from 'react-i18next';
import { exact } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';

/** The instant that figures speak of; `of`: which figures, where several stand together. */
export const DataTime = ({ at, of }: { at: string; of?: string }) => {
  const { t } = useTranslation();
  const where = useWhere();
  return (
    <span className="c-at">
      {of ?? t('part.at')} <time dateTime={at}>{exact(at, where).slice(0, 19)}</time>
    </span>
  );
};
