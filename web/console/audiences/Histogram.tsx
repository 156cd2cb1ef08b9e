import { Slider } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bar, handlesOf, isIn, rangeAt } from './histogram.ts';

interface Props {
  bars: readonly Bar[];
  from: number | null;
  to: number | null;
  name: string;
  /** A value in people's words. */
  said: (value: number) => string;
  onChange: (range: { from: number | null; to: number | null }) => void;
}

/** How a number is spread over everybody, with two handles that cut the range out of it. */
export const Histogram = ({ bars, from, to, name, said, onChange }: Props) => {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<[number, number] | null>(null);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const handles = dragged ?? handlesOf(bars, from, to);
  const shown = dragged ? rangeAt(bars, dragged) : { from, to };
  const edge = (at = 0) => said(at < bars.length ? bars[at]!.from : bars.at(-1)!.to);
  return (
    <div className="c-aud-histogram">
      <div className="c-aud-bars" aria-hidden="true">
        {bars.map((bar) => (
          <span
            key={bar.from}
            className={isIn(bar, shown.from, shown.to) ? 'c-aud-bar-in' : undefined}
            style={{ blockSize: `${bar.count > 0 ? Math.max(3, (bar.count / most) * 100) : 0}%` }}
          />
        ))}
      </div>
      <Slider
        range
        min={0}
        max={bars.length}
        value={handles}
        tooltip={{ formatter: edge }}
        ariaLabelForHandle={[t('audience.fromOf', { name }), t('audience.toOf', { name })]}
        ariaValueTextFormatterForHandle={[(at) => edge(at), (at) => edge(at)]}
        onChange={(next) => {
          const cut: [number, number] = [next[0]!, Math.max(next[1]!, next[0]! + 1)];
          if (cut[0] >= bars.length) return;
          setDragged(cut);
          onChange(rangeAt(bars, cut));
        }}
        onChangeComplete={() => setDragged(null)}
      />
    </div>
  );
};
