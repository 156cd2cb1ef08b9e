import { useTranslation } from 'react-i18next';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { dateIn } from '../filter.ts';
import { dateWords } from '../tags/values.ts';

const DAY_MS = 86_400_000;

/** `今天`, else the day and for how many days the case has been lying. */
export const OpenedOn = ({ on }: { on: string }) => {
  const { t } = useTranslation();
  const { lang, zone } = useWhere();
  const days = Math.round((Date.parse(dateIn(useNow(), zone)) - Date.parse(on)) / DAY_MS);
  return (
    <time dateTime={on} title={on}>
      {days <= 0 ? t('retention.today') : `${dateWords(on, lang)} · ${t('retention.daysAgo', { count: days })}`}
    </time>
  );
};
