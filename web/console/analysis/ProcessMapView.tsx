import { Segmented } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import type { ProcessMap } from '#tracking/contract';
import { ArrowTable } from './ArrowTable.tsx';
import { lanesOf } from './lanes.ts';
import { MapDrawing } from './MapDrawing.tsx';
import { type Measure, picture } from './processMap.ts';
import type { StepWords } from './stepWords.ts';

interface Props {
  map: ProcessMap;
  plan: Scenario | undefined;
  step: StepWords;
  stageName: (id: string) => string;
  onPick: (from: string, to: string | undefined) => void;
}

const MEASURES: readonly Measure[] = ['count', 'p50', 'p90'];

/** Who follows whom, how often or how long, as a picture on the plan's stages or as a table; a press on a step or an arrow opens its orders. */
export const ProcessMapView = ({ map, plan, step, stageName, onPick }: Props) => {
  const { t } = useTranslation();
  const [form, setForm] = useState<'map' | 'table'>('map');
  const [measure, setMeasure] = useState<Measure>('count');
  const [share, setShare] = useState({ nodes: 85, arrows: 75 });
  const drawn = useMemo(() => picture(map, { nodes: share.nodes / 100, arrows: share.arrows / 100 }, measure), [map, share, measure]);
  const lanes = useMemo(
    () =>
      lanesOf(
        drawn.nodes.map((node) => node.id),
        plan,
        map.transitions,
      ),
    [drawn, plan, map],
  );
  return (
    <>
      <div className="c-map-acts">
        <Segmented
          value={form}
          aria-label={t('stage.form')}
          options={(['map', 'table'] as const).map((value) => ({ value, label: t(`map.form.${value}`) }))}
          onChange={setForm}
        />
        {form === 'map' && (
          <>
            <Segmented
              value={measure}
              aria-label={t('map.measure')}
              options={MEASURES.map((value) => ({ value, label: t(`map.by.${value}`) }))}
              onChange={setMeasure}
            />
            <Share
              label={t('map.nodes', { shown: drawn.nodes.length, all: map.activities.length })}
              value={share.nodes}
              onChange={(nodes) => setShare({ ...share, nodes })}
            />
            <Share
              label={t('map.arrows', { shown: drawn.arrows.length, all: map.transitions.length })}
              value={share.arrows}
              onChange={(arrows) => setShare({ ...share, arrows })}
            />
          </>
        )}
      </div>
      {form === 'map' ? (
        <MapDrawing drawn={drawn} lanes={lanes} measure={measure} step={step} stageName={stageName} onPick={onPick} />
      ) : (
        <ArrowTable transitions={map.transitions} step={step} onPick={onPick} />
      )}
    </>
  );
};

/** How much of the whole is drawn: the commonest first. */
const Share = ({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) => {
  const id = useId();
  return (
    <span className="c-map-share">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={20}
        max={100}
        step={5}
        value={value}
        aria-valuetext={label}
        onChange={(e) => onChange(Number(e.target.value))}
      />
    </span>
  );
};
