import { Alert, Button, Form, Input, Modal, Progress, Radio, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { MadeList, NewList } from '#audience/contract';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useAct } from './audiences.ts';
import { MOST_NAMES, namesIn } from './listNames.ts';
import { UnknownNames } from './UnknownNames.tsx';

export type Made = z.infer<typeof MadeList>;
type By = z.infer<typeof NewList>['by'];

interface Fields {
  name: string;
  by: By;
  customers: string;
}

const WAYS: readonly By[] = ['key', 'phone', 'id'];

/**
 * Customers brought from outside as a list: by their numbers in a source, by phone, or by their ids here; pasted or read from a file. Names that nobody has
 * are shown before the dialog closes.
 */
export const NewListDialog = ({ open, onClose, onMade }: { open: boolean; onClose: () => void; onMade: (list: Made) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<Fields>();
  const [sent, setSent] = useState<readonly string[]>([]);
  const [unread, setUnread] = useState<Made | null>(null);
  const written = Form.useWatch('customers', form) ?? '';
  const make = useAct(
    ({ name, by, customers }: Fields) => {
      const names = namesIn(customers);
      setSent(names);
      return post<Made>('/api/lists', { name, by, customers: names }, { timeout: 60_000 });
    },
    (made: Made) => (made.unknownTotal > 0 ? setUnread(made) : onMade(made)),
  );
  const done = () => {
    if (unread === null) return onClose();
    onMade(unread);
    setUnread(null);
  };
  const count = namesIn(written).length;
  return (
    <Modal
      open={open}
      title={t('audience.newList')}
      okText={t(unread === null ? 'audience.save' : 'audienceChange.list.done')}
      cancelButtonProps={unread === null ? {} : { style: { display: 'none' } }}
      confirmLoading={make.isPending}
      destroyOnHidden
      onOk={() => (unread === null ? form.submit() : done())}
      onCancel={done}
      afterOpenChange={(isOpen) => isOpen || make.reset()}
    >
      {unread === null ? (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          initialValues={{ by: 'key' }}
          onFinish={(fields) => make.mutate(fields)}
        >
          {make.error && <Alert type="error" showIcon title={trouble(make.error)} className="c-gap-below" />}
          <Form.Item
            name="name"
            label={t('audience.name')}
            rules={[{ required: true, whitespace: true, message: t('audience.nameMissing') }]}
          >
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="by" label={t('audience.listBy')}>
            <Radio.Group options={WAYS.map((value) => ({ value, label: t(`audience.listByOf.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="customers"
            label={t('audience.listCustomers')}
            extra={t('audience.listWhat')}
            rules={[
              { required: true, whitespace: true, message: t('audience.listMissing') },
              {
                validator: async (_, text: string | undefined) => {
                  const found = namesIn(text ?? '').length;
                  if (found > MOST_NAMES)
                    throw new Error(t('audienceChange.list.tooMany', { most: integer(MOST_NAMES), count: integer(found) as never }));
                },
              },
            ]}
          >
            <Input.TextArea className="c-code" autoComplete="off" spellCheck={false} autoSize={{ minRows: 5, maxRows: 14 }} />
          </Form.Item>
          <p className="c-aud-list-file">
            <Upload
              accept=".txt,.csv,text/plain,text/csv"
              showUploadList={false}
              beforeUpload={async (file) => {
                form.setFieldValue('customers', await file.text());
                return Upload.LIST_IGNORE;
              }}
            >
              <Button size="small">{t('audienceChange.list.file')}</Button>
            </Upload>
            <span className="c-soft c-small">
              {count > 0 ? t('audienceChange.list.read', { count: integer(count) as never }) : t('audienceChange.list.fileWhat')}
            </span>
          </p>
          {make.isPending && (
            <div role="status">
              <Progress percent={100} status="active" showInfo={false} />
              {t('audienceChange.list.busy', { count: integer(sent.length) as never })}
            </div>
          )}
        </Form>
      ) : (
        <UnknownNames made={unread} sent={sent} />
      )}
    </Modal>
  );
};
