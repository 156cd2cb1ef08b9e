import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Level, Names, Unit } from '#org/contract';
import { post } from '../../kit/api.ts';
import { Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { areaTree } from '../areas.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { patch } from '../patch.ts';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { useUnits } from './org.ts';

/** From the top down, as the server orders them. */
const LEVELS: Level[] = ['province', 'city', 'county', 'line', 'grid', 'ceo', 'soldier'];

interface Fields {
  code: string;
  parent: string | null;
  level: Level;
  names: Names;
}

/** The org tree: the areas that journeys, lists and rights go by. */
export const UnitList = () => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const { message } = App.useApp();
  const me = useMe().data;
  const units = useUnits();
  const [editing, setEditing] = useState<Unit | 'new' | null>(null);
  const [form] = Form.useForm<Fields>();
  const rows = useMemo(() => areaTree(units.data?.items ?? []).map(({ area, depth }) => ({ ...(area as Unit), depth })), [units.data]);
  const manages = may(me, 'org:manage');
  const old = editing !== 'new' && editing !== null ? editing : null;
  const save = async ({ code, parent, level, names: given }: Fields) => {
    try {
      if (old) await patch(`/api/units/${encodeURIComponent(old.code)}`, { level, names: given, ...(old.parent && parent && { parent }) });
      else await post('/api/units', { code, parent, level, names: given });
      setEditing(null);
      void units.refetch();
    } catch (error) {
      void message.error(trouble(error));
    }
  };
  if (units.isPending) return <Loading lines={8} />;
  if (units.error) return <Refused error={units.error} onAgain={() => void units.refetch()} />;
  const must = [{ required: true, message: t('unit.missing') }];
  return (
    <>
      {manages && (
        <div className="c-form-row">
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('unit.add')}
          </Button>
        </div>
      )}
      <DataTable
        label={t('people.units')}
        rowKey="code"
        dataSource={rows}
        pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
        scroll={{ x: 560 }}
        columns={[
          {
            key: 'name',
            title: t('account.unit'),
            width: 260,
            render: (_, unit) => <span style={{ paddingInlineStart: `calc(var(--space-4) * ${unit.depth})` }}>{names.of(unit.names)}</span>,
          },
          { key: 'code', title: t('unit.code'), width: 120, dataIndex: 'code', className: 'c-code' },
          { key: 'level', title: t('unit.level'), width: 120, render: (_, unit) => t(`level.${unit.level}`) },
          ...(manages
            ? [
                {
                  key: 'act',
                  title: t('column.act'),
                  width: 100,
                  render: (_: unknown, unit: Unit) => (
                    <Button size="small" onClick={() => setEditing(unit)}>
                      {t('account.edit')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Modal
        open={editing !== null}
        title={t(old ? 'account.edit' : 'unit.add')}
        okText={t('account.save')}
        onOk={() => form.submit()}
        onCancel={() => setEditing(null)}
        destroyOnHidden
      >
        <Form
          form={form}
          key={old?.code ?? 'new'}
          preserve={false}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => void save(values)}
          initialValues={old ?? { level: 'grid' }}
        >
          <Form.Item name="code" label={t('unit.code')} rules={must}>
            <Input disabled={old !== null} maxLength={64} />
          </Form.Item>
          <Form.Item name={['names', 'zh']} label={t('unit.zh')} rules={must}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name={['names', 'en']} label={t('unit.en')} rules={must}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="level" label={t('unit.level')} rules={must}>
            <Select options={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))} />
          </Form.Item>
          {(!old || old.parent) && (
            <Form.Item name="parent" label={t('unit.parent')} rules={must}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={rows
                  .filter((unit) => unit.code !== old?.code)
                  .map((unit) => ({ value: unit.code, label: `${names.of(unit.names)} ${unit.code}` }))}
              />
            </Form.Item>
          )}
        </Form>
      </Modal>
    </>
  );
};
