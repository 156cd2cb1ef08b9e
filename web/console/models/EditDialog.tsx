import { Alert, App, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { type Page, useEditModel } from './models.ts';

interface Fields {
  zh: string;
  en: string;
  meaningZh: string;
  meaningEn: string;
  owner: string;
}

/** What a model is called, what it says, who answers for it; what it foresees, of whom and where stays. */
export const EditDialog = ({ model, onClose }: { model: Page; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [form] = Form.useForm<Fields>();
  const edit = useEditModel(model.id, () => {
    void message.success(t('model.edited'));
    onClose();
  });
  const need = { required: true, whitespace: true, message: t('model.new.missing') };
  const first: Fields = {
    zh: model.names.zh,
    en: model.names.en,
    meaningZh: model.meaning.zh,
    meaningEn: model.meaning.en,
    owner: model.owner,
  };
  return (
    <Modal
      open
      title={t('model.editTitle')}
      okText={t('model.editSave')}
      confirmLoading={edit.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {edit.error && <Alert type="error" showIcon className="c-gap-below" title={trouble(edit.error)} />}
      <p className="c-soft">{t('model.editWhat')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={first}
        onFinish={({ zh, en, meaningZh, meaningEn, owner }) =>
          edit.mutate({ names: { zh, en }, meaning: { zh: meaningZh, en: meaningEn }, owner })
        }
      >
        <div className="c-mod-two">
          <Form.Item name="zh" label={t('model.new.zh')} rules={[need]}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="en" label={t('model.new.en')} rules={[need]}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
        </div>
        <Form.Item name="owner" label={t('model.new.owner')} rules={[need]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="meaningZh" label={t('model.meaningIn.zh')}>
          <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <Form.Item name="meaningEn" label={t('model.meaningIn.en')}>
          <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
