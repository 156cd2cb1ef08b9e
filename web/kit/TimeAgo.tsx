import { ago, exact, type Instant, moment, ms } from './format.ts';
import { useNow, useWhere } from './hooks.ts';

/** `3 分钟前`, with the exact time on hover and for screen readers' title. */
export const TimeAgo = ({ at }: { at: Instant }) => {
  const where = useWhere();
  const now = useNow();
  return (
    <time dateTime={new Date(ms(at)).toISOString()} title={exact(at, where)}>
      {ago(at, where, now)}
    </time>
  );
};

/** `11月21日 周六 09:30`, with the exact time on hover. */
export const Moment = ({ at }: { at: Instant }) => {
  const where = useWhere();
  const now = useNow();
  return (
    <time dateTime={new Date(ms(at)).toISOString()} title={exact(at, where)}>
      {moment(at, where, now)}
    </time>
  );
};
