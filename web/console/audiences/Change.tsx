import { integer } from '../../kit/format.ts';

/** A change with its sign: `+1,200`, `−30`; a dash where nothing is known to compare with. */
export const Change = ({ by }: { by: number | null }) => (
  <span className="c-aud-change">{by === null ? '–' : by === 0 ? '0' : `${by > 0 ? '+' : '−'}${integer(Math.abs(by))}`}</span>
);
