import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([LineChart, BarChart, GridComponent, TooltipComponent, LegendComponent, LabelLayout, SVGRenderer]);

interface Props {
  option: EChartsCoreOption;
  /** What the picture says, for who cannot see it; a table with the same figures stands beside it. */
  label: string;
  /** A press on a place of the horizontal axis. */
  onPick?: (name: string) => void;
}

/** A drawn chart that follows its room. No movement: figures are read, not watched. */
export const Chart = ({ option, label, onPick }: Props) => {
  const room = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);
  useEffect(() => {
    const element = room.current!;
    const chart = init(element, null, { renderer: 'svg' });
    chart.setOption({ animation: false, ...option });
    chart.on('click', (event) => pick.current?.(String(event.name)));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={room} className="c-chart" role="img" aria-label={label} />;
};
