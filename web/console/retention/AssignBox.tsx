import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { may, useMe } from '../session.ts';
import { assignTo, undoAssignment, useRefresh, useWorkers } from './cases.ts';

const SHOWN_S = 12;

/** Gives the chosen cases to one of the desk; for a while it can be taken back where it is said. */
export const AssignBox = ({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) => {
  const { t } = useTranslation();
  const { notification, message } = App.useApp();
  const trouble = useTrouble();
  const refresh = useRefresh();
  const is = may(useMe().data, 'retention:assign');
  const workers = useWorkers(is).data?.items ?? [];
  const [busy, setBusy] = useState(false);
  if (!is) return null;
  const undo = async (id: string) => {
    notification.destroy(id);
    try {
      const { returned, kept } = await undoAssignment(id);
      void message.success(t(kept > 0 ? 'retention.unassignedSome' : 'retention.unassigned', { count: returned, kept }));
      await refresh();
    } catch (error) {
      void message.error(trouble(error));
    }
  };
  const assign = async (to: string) => {
    setBusy(true);
    try {
      const { id, assigned, refused, to: who } = await assignTo(ids, to);
      notification.success({
        key: id,
        title: t('retention.assigned', { count: assigned, name: who.name }),
        description: refused.length > 0 ? t('retention.assignedNot', { count: refused.length, why: refused[0]?.message }) : undefined,
        duration: SHOWN_S,
        actions: assigned > 0 && <Button onClick={() => void undo(id)}>{t('enterprise.undo')}</Button>,
      });
      onDone();
    } catch (error) {
      void message.error(trouble(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Select
      className="c-ret-assign"
      aria-label={t('retention.assign')}
      placeholder={t('retention.assign')}
      value={null}
      loading={busy}
      disabled={busy}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      notFoundContent={t('retention.noWorkers')}
      options={workers.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(to: string | null) => to !== null && void assign(to)}
    />
  );
};
