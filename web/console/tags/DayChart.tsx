import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagDay, TagView } from '#tag/contract';
import { useWhere } from '../../kit/hooks.ts';
import { useWidth } from '../parts/useWidth.ts';
import { apart, type DayLine, extentOf, linesOf, pathOf, xAt, yAt } from './days.ts';
import { useValueWords } from './tags.ts';
import { amountWords, dateWords, numberWords } from './values.ts';

const HEIGHT = 220;
const LABEL = 18;
const FOOT = 24;

/** One line for each figure, named beside its end; from the least to the greatest value, which are written at the left. */
export const DayChart = ({ tag, days }: { tag: TagView; days: readonly TagDay[] }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const words = useValueWords();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const lines = linesOf(tag.kind, days);
  const extent = extentOf(lines);
  const said = (n: number) => (tag.kind === 'number' ? amountWords(n, tag.names, Math.max(tag.scale, 1), lang) : numberWords(n, 0));
  const nameOf = ({ key }: DayLine) =>
    tag.kind === 'oneOf'
      ? words(key, { ...tag, label: tag.values.find((v) => v.value === key) ?? null })
      : t(`tagDay.measure.${key as 'yes' | 'mean' | 'known'}`);
  const right = Math.min(width * 0.4, 12 + 13 * Math.max(...lines.map((l) => nameOf(l).length)));
  const box = { left: 4, top: LABEL, width: Math.max(40, width - right - 8), height: HEIGHT - LABEL - FOOT - 8 };
  const ends = lines.map((l) => yAt(box, l.points.findLast((p) => p !== null) ?? extent[0], extent));
  const labels = apart(ends, LABEL, box.top + box.height);
  const first = days.at(-1)?.day ?? '';
  return (
    <div ref={place} className="c-tagday-chart">
      <svg width={width} height={HEIGHT} role="img" aria-label={t('tagDay.chartOf', { count: days.length, first: dateWords(first, lang) })}>
        {[extent[1], extent[0]].map((value) => (
          <line
            key={value}
            className="c-tagday-grid"
            x1={box.left}
            x2={box.left + box.width}
            y1={yAt(box, value, extent)}
            y2={yAt(box, value, extent)}
          />
        ))}
        {lines.map((line, i) => (
          <g key={line.key} className={`c-tagday-line c-tagday-line-${i}`}>
            <path d={pathOf(line.points, box, extent)} />
            <circle cx={box.left + box.width} cy={ends[i]} r={3} />
            <text x={box.left + box.width + 8} y={(labels[i] ?? 0) + 4}>
              {nameOf(line)}
            </text>
          </g>
        ))}
        {[extent[1], extent[0]].map((value) => (
          <text key={value} className="c-tagday-mark" x={box.left} y={yAt(box, value, extent) - 4}>
            {said(value)}
          </text>
        ))}
        {days.map((day, i) => (
          <rect
            key={day.day}
            className="c-tagday-day"
            x={xAt(box, days.length - 1 - i, days.length) - box.width / days.length / 2}
            y={box.top}
            width={box.width / days.length}
            height={box.height}
          >
            <title>
              {[dateWords(day.day, lang), ...lines.map((l) => `${nameOf(l)} ${pointAt(l, days.length - 1 - i, said)}`)].join('\n')}
            </title>
          </rect>
        ))}
        <text className="c-tagday-mark" x={box.left} y={HEIGHT - 6}>
          {dateWords(first, lang)}
        </text>
        <text className="c-tagday-mark" x={box.left + box.width} y={HEIGHT - 6} textAnchor="end">
          {t('tagDay.today')}
        </text>
      </svg>
    </div>
  );
};

const pointAt = ({ points }: DayLine, i: number, said: (n: number) => string): string => {
  const value = points[i];
  return value === null || value === undefined ? '–' : said(value);
};
