import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagView } from '#tag/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { DayChart } from './DayChart.tsx';
import { DayTable } from './DayTable.tsx';
import { useTagDays } from './tags.ts';
import { useCauseWords } from './useCauseWords.ts';

const FORMS = ['line', 'table'] as const;

/** How a tag's figures went over the last days, and in one sentence why they are other than yesterday's. */
export const DaysCard = ({ tag }: { tag: TagView }) => {
  const { t } = useTranslation();
  const [form, setForm] = useState<(typeof FORMS)[number]>('line');
  const days = useTagDays(tag.name);
  const words = useCauseWords(tag);
  const items = days.data?.items ?? [];
  const closed = items.filter((d) => d.closedAt !== null);
  return (
    <Card title={t('tagDay.title')} extra={<Explained name={t('tagDay.since')} text={t('tagDay.causesWhat')} />}>
      {days.isPending && <Loading lines={5} />}
      {days.error && !days.data && <Refused error={days.error} onAgain={() => void days.refetch()} />}
      {days.data && (
        <>
          {days.data.counting && <p className="c-soft">{t('tag.counting')}</p>}
          {items[0] && items[0].closedAt === null && <p className="c-tagday-why">{words.sentence(items[0])}</p>}
          {days.data.late && <p className="c-note c-note-wait">{words.late(days.data.late.since)}</p>}
          {closed.length === 0 ? (
            <p className="c-soft">{t('tagDay.none')}</p>
          ) : (
            <>
              <p>
                <Segmented
                  value={form}
                  aria-label={t('stage.form')}
                  options={FORMS.map((value) => ({ value, label: t(`tagDay.form.${value}`) }))}
                  onChange={setForm}
                />
              </p>
              {form === 'line' ? <DayChart tag={tag} days={items} /> : <DayTable tag={tag} days={items} />}
            </>
          )}
        </>
      )}
    </Card>
  );
};
