import { useQuery } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { JourneyDetail, Repair as Wire } from '#tracking/contract';
import { get, post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { useNames } from '../words.ts';

/** A link cut or made by a person. */
type Repair = z.infer<typeof Wire>;

/** What people changed about this journey's links; each can be taken back. */
export const RepairList = ({ journey, onDone }: { journey: JourneyDetail; onDone: () => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const { message } = App.useApp();
  const repairs = useQuery({
    queryKey: ['repairs', journey.id],
    queryFn: ({ signal }) => get<{ items: Repair[] }>(`/api/journeys/${encodeURIComponent(journey.id)}/repairs`, {}, { signal }),
  });
  const { refetch } = repairs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a repair is an event, so their number says when to look again
  useEffect(() => void refetch(), [journey.eventCount, refetch]);
  if (!repairs.data?.items.length) return null;
  const undo = async (repair: Repair) => {
    try {
      await post(`/api/repairs/${encodeURIComponent(repair.ref)}/undo`);
      void repairs.refetch();
      onDone();
    } catch (error) {
      void message.error(trouble(error));
    }
  };
  return (
    <>
      <h3 className="c-subhead">{t('link.made')}</h3>
      <ul className="c-list">
        {repairs.data.items.map((repair) => (
          <li key={repair.ref}>
            <p className="c-list-head">
              <strong>
                {t(`link.${repair.act}`)} {names.kind(repair.kind)} {repair.value}
              </strong>
              {repair.undoneAt ? (
                <span className="c-soft c-end">{t('link.undone')}</span>
              ) : (
                <Popconfirm title={t('link.undoAsk')} onConfirm={() => void undo(repair)}>
                  <Button size="small" className="c-end">
                    {t('link.undo')}
                  </Button>
                </Popconfirm>
              )}
            </p>
            <p className="c-soft">
              {repair.reason} · {repair.by} · <Moment at={repair.at} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
};
