import { useQuery } from '@tanstack/react-query';
import { Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { Card } from '../parts/Card.tsx';
import { previewDraft } from './drafts.ts';
import { ShiftTable } from './ShiftTable.tsx';
import { countShifts } from './shifts.ts';

/** What the draft would make of the latest journeys of this kind. Nothing is changed by looking. */
export const PreviewView = ({ scenario, complete }: { scenario: Scenario; complete: boolean }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [all, setAll] = useState(false);
  const preview = useQuery({
    queryKey: ['draft preview', scenario, lang],
    queryFn: ({ signal }) => previewDraft(scenario, signal),
    enabled: complete,
    staleTime: 0,
  });
  if (!complete) return <Empty title={t('editor.previewIncomplete')} />;
  if (preview.isPending) return <Loading lines={8} />;
  if (preview.error) return <Refused error={preview.error} onAgain={() => void preview.refetch()} />;
  const { items, journeys, changed } = preview.data;
  if (journeys === 0) return <Empty title={t('editor.previewNone')} />;
  const counts = countShifts(items);
  const shown = all ? items : items.filter((item) => item.changed);
  return (
    <Card
      title={t('editor.previewTitle', { journeys, changed })}
      extra={
        <span className="c-list-head">
          <Switch id="preview-all" checked={all} onChange={setAll} /> <label htmlFor="preview-all">{t('editor.previewAll')}</label>
        </span>
      }
    >
      <p className="c-edit-hint">{t('editor.previewWhat')}</p>
      <dl className="c-sums c-edit-sums">
        {(Object.keys(counts) as (keyof typeof counts)[]).map((field) => (
          <div key={field}>
            <dt>{t('editor.shiftOther', { what: t(`editor.shift.${field}`) })}</dt>
            <dd>{counts[field]}</dd>
          </div>
        ))}
      </dl>
      {shown.length === 0 ? (
        <p className="c-note">{t('editor.previewSame')}</p>
      ) : (
        <ShiftTable items={shown} label={t('editor.view.preview')} />
      )}
    </Card>
  );
};
