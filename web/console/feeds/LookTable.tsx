import { useTranslation } from 'react-i18next';
import type { FeedLook } from '#feed/contract';
import { EventRows } from '../parts/EventRows.tsx';

/** The first rows of a place as the events they would become. Nothing was taken. */
export const LookTable = ({ look }: { look: FeedLook }) => {
  const { t } = useTranslation();
  if (look.rows.length === 0) return <p className="c-note">{t('feed.nothingThere')}</p>;
  return (
    <EventRows label={t('feed.lookRows')} rows={look.rows}>
      <p className="c-soft">{t('feed.found', { what: look.found ?? '' })}</p>
    </EventRows>
  );
};
