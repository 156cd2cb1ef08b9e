import { Link } from '@tanstack/react-router';
import { integer } from '../../kit/format.ts';
import { Icon } from '../../kit/icons.tsx';
import { STATES, type StateName } from '../../kit/state.ts';
import { Definition } from './Definition.tsx';

/** One figure: sign, word, number, its definition; a press opens the rows behind it. */
export const FigureTile = ({
  name,
  value,
  state,
  figure,
  search,
}: {
  name: string;
  value: number | undefined;
  state: StateName;
  figure: string;
  search: Record<string, string>;
}) => {
  const { sign, tone } = STATES[state];
  return (
    <div className={`c-tile g-tone-${value ? tone : 'calm'}`}>
      <p className="c-tile-name">
        <Icon name={sign} />
        {name}
        <Definition figure={figure} />
      </p>
      <Link to="/orders" search={search as never} className="c-tile-value">
        {value === undefined ? '–' : integer(value)}
        <span className="g-hidden"> {name}</span>
      </Link>
    </div>
  );
};
