import { useTranslation } from 'react-i18next';
import { integer, percent } from '../../kit/format.ts';
import type { PortraitLine } from './portrait.ts';

/** A date's pieces from left to right: a column of the audience, and a mark at the height where everybody stands. */
export const DateColumns = ({ lines, title }: { lines: readonly PortraitLine[]; title: string }) => {
  const { t } = useTranslation();
  const tallest = Math.max(0.001, ...lines.flatMap(({ share, baseShare }) => [share, baseShare]));
  const height = (share: number) => `${(share / tallest) * 100}%`;
  return (
    <>
      <div className="c-aud-columns" role="img" aria-label={t('audienceChange.columns', { name: title, count: lines.length })}>
        {lines.map((line) => (
          <span
            key={line.key}
            title={`${line.label}: ${integer(line.count)} · ${percent(line.share)} · ${t('audience.portraitOf.baseShare')} ${percent(line.baseShare)}`}
          >
            <span className="c-aud-column-here" style={{ blockSize: height(line.share) }} />
            <span className="c-aud-column-base" style={{ insetBlockEnd: height(line.baseShare) }} />
          </span>
        ))}
      </div>
      <p className="c-aud-columns-ends c-faint c-small" aria-hidden="true">
        <span>{lines[0]?.label}</span>
        <span>{lines.at(-1)?.label}</span>
      </p>
    </>
  );
};
