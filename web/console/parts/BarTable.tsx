import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface BarLine {
  key: string;
  name: ReactNode;
  /** One bar or several, from zero; those with a `className` are not the line's own. */
  bars: readonly { count: number; className?: string }[];
  /** Under `columns`, in their order. */
  figures: readonly ReactNode[];
}

interface Props {
  caption: string;
  className: string;
  /** Of the names, then of the figures. */
  columns: readonly [string, ...string[]];
  lines: readonly BarLine[];
  /** What fills the room of a bar. */
  most: number;
}

/** Values with how many have each: drawn and written, so that the table stands behind its own chart. */
export const BarTable = ({ caption, className, columns: [first, ...figures], lines, most }: Props) => {
  const { t } = useTranslation();
  return (
    <table className={`c-counts ${className}`}>
      <caption className="g-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">
            <span className="g-hidden">{t('tag.bar')}</span>
          </th>
          {figures.map((name) => (
            <th key={name} scope="col" className="c-num">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">{line.name}</th>
            <td className="c-bar-cell" aria-hidden="true">
              {line.bars.map(({ count, className: kind = '' }) => (
                <span key={kind} className={`c-tags-room ${kind}`}>
                  <span style={{ inlineSize: `${(count / Math.max(1, most)) * 100}%` }} />
                </span>
              ))}
            </td>
            {line.figures.map((figure, i) => (
              <td key={figures[i]} className="c-num">
                {figure}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
