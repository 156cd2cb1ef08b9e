import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FeedKind, NewFeed } from '#feed/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { FeedFields } from './FeedFields.tsx';
import { addFeed, FIRST_MAP, KINDS, lookBefore, useAct } from './feeds.ts';
import { LookTable } from './LookTable.tsx';

interface Fields {
  id: string;
  name?: string;
  source: string;
  kind: FeedKind;
  map: string;
  settings: Record<string, unknown>;
}

interface Props {
  open: boolean;
  onClose: () => void;
  onAdded: (id: string) => void;
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

const wanted = ({ id, name, source, kind, map, settings }: Fields): NewFeed =>
  ({
    id,
    kind,
    source,
    map,
    ...(name && { name }),
    settings: Object.fromEntries(Object.entries(settings).filter(([, value]) => isGiven(value))),
  }) as NewFeed;

/** A new feed: what is read, how its columns are to be understood, and a dry look before it begins. */
export const FeedForm = ({ open, onClose, onAdded }: Props) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form) ?? 'folder';
  const look = useMutation({ mutationFn: lookBefore });
  const add = useAct(addFeed, (feed) => onAdded(feed.id));
  const change = (to: FeedKind) => {
    look.reset();
    form.setFieldsValue({ kind: to, map: FIRST_MAP[to], settings: {} });
  };
  const test = async () => {
    const values = await form.validateFields().catch(() => undefined);
    if (values) look.mutate(wanted(values));
  };
  const must = [{ required: true, message: t('feed.missing') }];
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(46rem, 100vw)"
      title={t('feed.add')}
      destroyOnHidden
      afterOpenChange={(isOpen) => {
        if (isOpen) return;
        look.reset();
        add.reset();
      }}
      footer={
        <div className="c-page-acts">
          <Button loading={look.isPending} onClick={() => void test()}>
            {t('feed.test')}
          </Button>
          <Button type="primary" loading={add.isPending} onClick={() => form.submit()}>
            {t('feed.begin')}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ kind: 'folder', map: FIRST_MAP.folder, settings: {} }}
        onFinish={(values) => add.mutate(wanted(values))}
      >
        {add.error && <Alert type="error" showIcon title={trouble(add.error)} className="c-gap-below" />}
        <Form.Item name="kind" label={t('feed.kindLabel')} extra={t(`feed.kindWhat.${kind}`)}>
          <Segmented
            block
            options={KINDS.map((value) => ({ value, label: t(`feed.kind.${value}`) }))}
            onChange={(value) => change(value as FeedKind)}
          />
        </Form.Item>
        <Form.Item
          name="id"
          label={t('feed.id')}
          extra={t('source.idRule')}
          rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,63}$/, message: t('source.idRule') }]}
        >
          <Input autoCapitalize="none" placeholder="bss-files" />
        </Form.Item>
        <Form.Item name="name" label={t('source.name')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="source" label={t('field.source')} extra={t('feed.sourceWhat')} rules={must}>
          <Input autoCapitalize="none" placeholder="business" />
        </Form.Item>
        <FeedFields kind={kind} />
        <Form.Item name="map" label={t('import.map')} extra={t('feed.mapWhat')} rules={must}>
          <Input.TextArea className="c-code" autoSize={{ minRows: 5, maxRows: 18 }} spellCheck={false} />
        </Form.Item>
      </Form>
      <div aria-live="polite">
        {look.error && <Alert type="error" showIcon title={trouble(look.error)} />}
        {look.data && <LookTable look={look.data} />}
      </div>
    </Drawer>
  );
};
