import { integer } from '../../kit/format.ts';

/** A tab's name with how many stand behind it, once that is known. */
export const TabCount = ({ name, count }: { name: string; count: { total: number; totalIsFloor?: boolean | undefined } | undefined }) => (
  <>
    {name}
    {count && (
      <span className="c-tab-count">
        {integer(count.total)}
        {count.totalIsFloor && '+'}
      </span>
    )}
  </>
);
