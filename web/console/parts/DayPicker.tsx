import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useNarrow } from '../useNarrow.ts';

const FORM = 'YYYY-MM-DD';

interface Props {
  id?: string;
  /** `2026-11-22`; what is no day counts as none. */
  value?: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  className?: string;
  'aria-label'?: string;
  onChange?: (day: string | undefined) => void;
}

/**
 * A day of the calendar in the page's language (the browser's own field speaks the browser's). It is typed or picked; on a phone it is picked, so that no
 * keyboard hides it. Takes and gives texts, so that it stands in a form or an address as a field does.
 */
export const DayPicker = ({ value, min, max, onChange, ...rest }: Props) => {
  const narrow = useNarrow();
  return (
    <DatePicker
      {...rest}
      value={dayOf(value)}
      minDate={dayOf(min) ?? undefined}
      maxDate={dayOf(max) ?? undefined}
      format={FORM}
      inputReadOnly={narrow}
      onChange={(day) => onChange?.(day ? day.format(FORM) : undefined)}
    />
  );
};

const dayOf = (text: string | undefined) => {
  const day = text ? dayjs(text, FORM) : null;
  return day?.isValid() ? day : null;
};
