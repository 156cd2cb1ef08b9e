import { Alert, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { MadeList, NewList } from '#audience/contract';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { useAct } from './audiences.ts';

export type Made = z.infer<typeof MadeList>;
type By = z.infer<typeof NewList>['by'];

interface Fields {
  name: string;
  by: By;
  customers: string;
}

const WAYS: readonly By[] = ['key', 'phone', 'id'];

/** One customer a line; a column or a row copied out of a table is one as well. */
const namesIn = (text: string): string[] => text.split(/[\s,;，；]+/).filter(Boolean);

/** Customers brought from outside as a list: by their numbers in a source, by phone, or by their ids here. */
export const NewListDialog = ({ open, onClose, onMade }: { open: boolean; onClose: () => void; onMade: (list: Made) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<Fields>();
  const make = useAct(
    ({ name, by, customers }: Fields) => post<Made>('/api/lists', { name, by, customers: namesIn(customers) }, { timeout: 60_000 }),
    onMade,
  );
  return (
    <Modal
      open={open}
      title={t('audience.newList')}
      okText={t('audience.save')}
      confirmLoading={make.isPending}
      destroyOnHidden
      onOk={() => form.submit()}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen || make.reset()}
    >
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
          rules={[{ required: true, whitespace: true, message: t('audience.listMissing') }]}
        >
          <Input.TextArea className="c-code" autoComplete="off" spellCheck={false} autoSize={{ minRows: 5, maxRows: 14 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
