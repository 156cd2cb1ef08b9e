import type { JourneyDetail } from '#tracking/contract';
import { Icon } from '../../kit/icons.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { useNames } from '../words.ts';

/** What went wrong, newest first. */
export const ExceptionList = ({ journey }: { journey: JourneyDetail }) => {
  const names = useNames();
  return (
    <ul className="c-list">
      {[...journey.exceptions].reverse().map((each) => (
        <li key={`${each.code}${each.at}`}>
          <p className="c-list-head g-tone-bad">
            <Icon name="alert" />
            <strong>{names.of(each.names)}</strong>
            <span className="c-faint">{each.code}</span>
          </p>
          <p className="c-soft">
            {each.reason && <>{each.reason} · </>}
            {names.system(each.source)} · <Moment at={each.at} />
          </p>
        </li>
      ))}
    </ul>
  );
};
