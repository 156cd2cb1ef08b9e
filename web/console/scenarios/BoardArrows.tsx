import type { Arrow } from '../editor/board.ts';

/** The ways from milestone to milestone, behind the boxes; dashed past an optional one. */
export const BoardArrows = ({ arrows, width, height }: { arrows: readonly Arrow[]; width: number; height: number }) => (
  <svg className="c-board-arrows" width={width} height={height} aria-hidden="true">
    <defs>
      <marker id="c-board-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0L8 4L0 8z" />
      </marker>
    </defs>
    {arrows.map((arrow) => (
      <path key={arrow.key} d={arrow.path} className={arrow.skips ? 'c-board-skip' : undefined} markerEnd="url(#c-board-head)" />
    ))}
  </svg>
);
