import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, Radio, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Audience, Export, ExportAsked, Exports } from '#audience/contract';
import { get, post } from '../../kit/api.ts';
import { Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { useTagName } from '../tags/tags.ts';
import { likeliest, tagsOptions } from './tags.ts';

type Asked = z.infer<typeof ExportAsked>;

const PURPOSES: readonly Asked['purpose'][] = ['service', 'marketing', 'analysis', 'risk'];
const MOST_COLUMNS = 40;
const SIGN: Readonly<Record<Export['state'], StateName>> = { waiting: 'waiting', done: 'done', failed: 'late', expired: 'skipped' };
/** While a file is being made it is looked for this often, in ms. */
const LOOK_AGAIN_MS = 2_000;

/** The people of a saved audience as a file: what for, with which columns, why; and the files that were asked for. */
export const ExportDrawer = ({ open, audience, onClose }: { open: boolean; audience: Audience; onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} size="min(40rem, 100vw)" title={t('audience.exportOf', { name: audience.name })} destroyOnHidden>
      <ExportForm audience={audience} />
      <ExportList audience={audience.id} />
    </Drawer>
  );
};

const useExportsKey = () => ['audience exports', useWhere().lang];

const ExportForm = ({ audience }: { audience: Audience }) => {
  const { t } = useTranslation();
  const nameOf = useTagName();
  const trouble = useTrouble();
  const queries = useQueryClient();
  const key = useExportsKey();
  const [form] = Form.useForm<Asked>();
  const purpose = Form.useWatch('purpose', form) ?? 'service';
  const [q, setQ] = useState('');
  const found = useQuery(tagsOptions(useDeferredValue(q.trim())));
  const tags = likeliest(found.data?.items ?? [], q);
  const ask = useMutation({
    mutationFn: (asked: Asked) => post<Export>(`/api/audiences/${encodeURIComponent(audience.id)}/exports`, asked),
    onSuccess: () => {
      form.resetFields(['reason']);
      return queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ columns: [], purpose: 'service' }}
      onFinish={(asked) => ask.mutate(asked)}
    >
      <p className="c-soft">{t('audience.exportWhat')}</p>
      {ask.error && <Alert type="error" showIcon title={trouble(ask.error)} className="c-gap-below" />}
      <Form.Item name="purpose" label={t('audience.purpose')}>
        <Radio.Group options={PURPOSES.map((value) => ({ value, label: t(`audience.purposeOf.${value}`) }))} />
      </Form.Item>
      <Form.Item name="columns" label={t('audience.columns')} extra={t('audience.columnsWhat')}>
        <Select
          mode="multiple"
          maxCount={MOST_COLUMNS}
          showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
          options={tags.map((tag) => ({
            value: tag.name,
            label: nameOf(tag),
            disabled: !tag.purposes.includes(purpose),
            title: tag.purposes.includes(purpose) ? undefined : t('audience.notFor'),
          }))}
          onChange={() => setQ('')}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('audience.reason')}
        rules={[{ required: true, whitespace: true, message: t('audience.reasonMissing') }]}
      >
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Button htmlType="submit" type="primary" loading={ask.isPending}>
        {t('audience.exportAsk')}
      </Button>
    </Form>
  );
};

const ExportList = ({ audience }: { audience: string }) => {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: useExportsKey(),
    queryFn: ({ signal }) => get<z.infer<typeof Exports>>('/api/audiences/exports', {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'waiting') ? LOOK_AGAIN_MS : false),
  });
  if (found.isPending) return <Loading lines={3} />;
  if (found.error) return <Refused error={found.error} onAgain={() => void found.refetch()} />;
  const items = found.data.items.filter((one) => one.audience === audience);
  if (items.length === 0) return null;
  return (
    <>
      <h3>{t('audience.exports')}</h3>
      <ul className="c-list">
        {items.map((one) => (
          <li key={one.id}>
            <p className="c-list-head">
              <StateTag state={SIGN[one.state]}>{t(`audience.exportIs.${one.state}`)}</StateTag>
              <Moment at={one.createdAt} />
              <span className="c-soft">{t('audience.versionOf', { version: one.version })}</span>
              {one.state === 'done' && (
                <Button size="small" className="c-end" href={`/api/audiences/exports/${one.id}/file`} download>
                  {t('audience.take')}
                </Button>
              )}
            </p>
            <p className="c-soft">
              {t(`audience.purposeOf.${one.purpose}`)} · {one.reason}
              {one.people !== null && ` · ${t('audience.exportPeople', { count: integer(one.people), quiet: integer(one.quiet ?? 0) })}`}
              {one.problem && ` · ${one.problem.message}`}
            </p>
            {one.state === 'done' && one.expiresAt !== null && (
              <p className="c-soft">
                {t('audience.exportUntil')} <Moment at={one.expiresAt} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
};
