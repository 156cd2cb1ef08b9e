import type { ReactNode } from 'react';

/** The heads of a table: names first, then figures, which stand at the end of their columns. */
export const ColumnHeads = ({ texts, figures, after = [] }: { texts: string[]; figures: ReactNode[]; after?: string[] }) => (
  <thead>
    <tr>
      {texts.map((text) => (
        <th key={text} scope="col">
          {text}
        </th>
      ))}
      {figures.map((figure, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
        <th key={i} scope="col" className="c-num">
          {figure}
        </th>
      ))}
      {after.map((text) => (
        <th key={text} scope="col">
          {text}
        </th>
      ))}
    </tr>
  </thead>
);
