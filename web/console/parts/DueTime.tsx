import { useTranslation } from 'react-i18next';
import { duration, exact, ms, nearMoment } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';

/** A promise's end: how late, or how long there is. */
export const DueTime = ({ due, late, soon }: { due: string; late: boolean; soon: boolean }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const left = (ms(due) - now) / 1000;
  if (late) {
    return (
      <time dateTime={due} title={exact(due, where)} className="c-due g-tone-bad">
        <Icon name="alert" />
        {t('part.lateBy', { time: duration(-left, where.lang) })}
      </time>
    );
  }
  return (
    <time dateTime={due} title={exact(due, where)} className={soon ? 'c-due g-tone-wait' : 'c-due'}>
      {soon && <Icon name="half" />}
      {left > 86_400 ? nearMoment(due, where, now) : t('part.left', { time: duration(left, where.lang) })}
    </time>
  );
};
