import { Link } from '@tanstack/react-router';
import { integer } from '../../kit/format.ts';

export interface ReasonLine {
  id: string;
  name: string;
  count: number;
  search: Record<string, string>;
}

/** Reasons and how many: bars from zero with their figure; a press opens the orders. */
export const ReasonBars = ({ lines, empty }: { lines: ReasonLine[]; empty: string }) => {
  if (lines.length === 0) return <p className="c-soft">{empty}</p>;
  const most = Math.max(1, ...lines.map((line) => line.count));
  return (
    <ul className="c-reasons">
      {[...lines]
        .sort((a, b) => b.count - a.count)
        .map((line) => (
          <li key={line.id}>
            <Link to="/orders" search={line.search as never}>
              <span>{line.name}</span>
              <span className="c-reason-room">
                <span style={{ inlineSize: `${(line.count / most) * 100}%` }} />
              </span>
              <span className="c-num">{integer(line.count)}</span>
            </Link>
          </li>
        ))}
    </ul>
  );
};
