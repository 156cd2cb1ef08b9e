import { Alert, App, Button, Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TablesView } from '#enterprise/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { Field } from '../parts/Field.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { may, useMe } from '../session.ts';
import { AxisFields } from './AxisFields.tsx';
import { CellFields } from './CellFields.tsx';
import { type Tables, tablesOf, usePublish, useTry } from './enterprises.ts';
import { IndicatorFields } from './IndicatorFields.tsx';
import { PlaceFields } from './PlaceFields.tsx';
import { TableVersions } from './TableVersions.tsx';
import { TrialView } from './TrialView.tsx';

export type Edit = (change: (draft: Tables) => void) => void;

/** What each part of the editor is given. */
export interface EditProps {
  tables: Tables;
  /** May not be changed by this reader. */
  off: boolean;
  edit: Edit;
}

/** The tables in a reader's hand: changed, tried over everybody, published with a reason. */
export const TablesEditor = ({ view }: { view: TablesView }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const { message } = App.useApp();
  const off = !may(useMe().data, 'enterprise:manage');
  const [tables, setTables] = useState<Tables>(view.tables);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const trial = useTry();
  const publish = usePublish(({ version, moved }) => {
    setAsking(false);
    void message.success(t('enterprise.table.published', { version, moved }));
  });
  const isSame = useMemo(() => JSON.stringify(tables) === JSON.stringify(view.tables), [tables, view.tables]);
  const edit: Edit = (change) => {
    const draft = structuredClone(tables);
    change(draft);
    setTables(draft);
    trial.reset();
    publish.reset();
  };
  const take = async (version: number) => {
    try {
      const old = await tablesOf(version);
      edit((draft) => void Object.assign(draft, old.tables));
      void message.info(t('enterprise.table.taken', { version }));
    } catch (error) {
      void message.error(trouble(error));
    }
  };
  const parts = { tables, off, edit };
  const unchanged = isSame ? t('enterprise.table.unchanged') : null;
  return (
    <div className="c-ent-tables">
      <Card
        title={t('enterprise.table.axes')}
        extra={<Explained name={t('enterprise.table.axes')} text={t('enterprise.table.axesWhat')} />}
      >
        <AxisFields {...parts} />
      </Card>
      <Card
        title={t('enterprise.table.places')}
        extra={<Explained name={t('enterprise.table.places')} text={t('enterprise.table.placesWhat')} />}
      >
        <CellFields {...parts} />
      </Card>
      <Card title={t('enterprise.table.indicators')}>
        <IndicatorFields {...parts} />
      </Card>
      <Card title={t('enterprise.table.offers')}>
        <PlaceFields {...parts} />
      </Card>
      <TableVersions present={view.version} onTake={off ? null : (version) => void take(version)} />
      <section className="c-ent-go" aria-live="polite" aria-label={t('enterprise.table.try')}>
        {trial.error && <Alert type="error" showIcon title={trouble(trial.error)} />}
        {trial.data && <TrialView tried={trial.data} tables={tables} />}
        <div className="c-page-acts">
          <span className="c-soft c-small">{t('enterprise.table.version', { version: view.version })}</span>
          {!isSame && (
            <Button onClick={() => edit((draft) => void Object.assign(draft, view.tables))}>{t('enterprise.table.reset')}</Button>
          )}
          <RightButton right="enterprise:manage" off={unchanged} loading={trial.isPending} onClick={() => trial.mutate(tables)}>
            {t('enterprise.table.try')}
          </RightButton>
          <RightButton right="enterprise:manage" off={unchanged} type="primary" onClick={() => setAsking(true)}>
            {t('enterprise.table.publish')}
          </RightButton>
        </div>
      </section>
      <Modal
        open={asking}
        title={t('enterprise.table.publishAsk')}
        okText={t('enterprise.table.publish')}
        confirmLoading={publish.isPending}
        okButtonProps={{ disabled: reason.trim() === '' }}
        onOk={() => publish.mutate({ basedOn: view.version, reason: reason.trim(), tables })}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <p className="c-soft">{t('enterprise.table.publishWhat')}</p>
        {publish.error && <Alert type="error" showIcon title={trouble(publish.error)} className="c-gap-below" />}
        <Field label={t('enterprise.table.reason')}>
          {(id) => <Input id={id} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </Modal>
    </div>
  );
};
