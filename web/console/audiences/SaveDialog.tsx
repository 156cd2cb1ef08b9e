import { Alert, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Audience, Share } from '#audience/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { saveChange, saveNew, useAct } from './audiences.ts';

/** `new`: its first name; `copy`: another audience of the same definition; `about`: other words about the same one. */
export type Saving = 'new' | 'copy' | 'about';

interface Fields {
  name: string;
  note?: string;
  share: Share;
}

interface Props {
  saving: Saving | null;
  saved: Audience | null;
  where: unknown;
  onClose: () => void;
  onDone: (audience: Audience, how: Saving) => void;
}

const SHARES: readonly Share[] = ['private', 'unit', 'everybody'];

/** Name, note, and who may see it. */
export const SaveDialog = ({ saving, saved, where, onClose, onDone }: Props) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<Fields>();
  const save = useAct(
    ({ name, note = '', share }: Fields) =>
      saving === 'about' && saved
        ? saveChange({ id: saved.id, version: saved.version, where: saved.where, name, note, share })
        : saveNew({ name, note, share, where }),
    (audience) => onDone(audience, saving!),
  );
  const first = saved
    ? { name: saving === 'copy' ? t('audience.copyOf', { name: saved.name }) : saved.name, note: saved.note, share: saved.share }
    : { name: '', note: '', share: 'private' };
  return (
    <Modal
      open={saving !== null}
      title={t(`audience.saving.${saving ?? 'new'}`)}
      okText={t('audience.save')}
      confirmLoading={save.isPending}
      destroyOnHidden
      onOk={() => form.submit()}
      onCancel={onClose}
      afterOpenChange={(open) => {
        if (open) form.getFieldInstance('name')?.focus();
        else save.reset();
      }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={first}
        onFinish={(fields) => save.mutate(fields)}
      >
        {save.error && <Alert type="error" showIcon title={trouble(save.error)} className="c-gap-below" />}
        <Form.Item
          name="name"
          label={t('audience.name')}
          rules={[{ required: true, whitespace: true, message: t('audience.nameMissing') }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="note" label={t('audience.note')}>
          <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <Form.Item name="share" label={t('audience.share')}>
          <Radio.Group options={SHARES.map((value) => ({ value, label: t(`audience.shareWith.${value}`) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
