import { Alert, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { useCatalogue, useTagName } from '../tags/tags.ts';
import { type NewModelBody, type Page, useRegister } from './models.ts';

const SCENES = ['churn', 'need', 'winBack', 'risk', 'other'] as const;
const PURPOSES = ['service', 'marketing', 'analysis', 'risk'] as const;
const OWN = { tag: 'own', is: true };

interface Fields extends Omit<NewModelBody, 'names' | 'meaning' | 'population'> {
  zh: string;
  en: string;
  said?: string;
  who: 'own' | 'all';
}

const FIRST = { kind: 'trained', scene: 'churn', purpose: 'analysis', horizonDays: 90, full: 1_000, who: 'own' } as const;

/** What a model is to foresee, for whom, and where its scores go. */
export const NewModelDialog = ({ onClose, onDone }: { onClose: () => void; onDone: (made: Page) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const nameOf = useTagName();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form) ?? FIRST.kind;
  const register = useRegister(onDone);
  const tags = useCatalogue();
  const shown = (tags.data?.items ?? []).filter(({ hidden }) => !hidden);
  const optionsOf = (of: 'flag' | 'number') =>
    shown.filter((tag) => tag.kind === of).map((tag) => ({ value: tag.name, label: `${nameOf(tag)} · ${tag.name}` }));
  const need = { required: true, message: t('model.new.missing') };
  const choices = (values: readonly string[], words: string) => values.map((value) => ({ value, label: t(`${words}.${value}`) }));
  return (
    <Modal
      open
      title={t('model.new.title')}
      okText={t('model.new.save')}
      confirmLoading={register.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={FIRST}
        onFinish={({ zh, en, said = '', who, ...rest }) =>
          register.mutate({ ...rest, names: { zh, en }, meaning: { zh: said, en: said }, ...(who === 'own' && { population: OWN }) })
        }
      >
        {register.error && <Alert type="error" showIcon title={trouble(register.error)} className="c-gap-below" />}
        <Form.Item name="kind" label={t('model.new.kind')}>
          <Radio.Group options={choices(['trained', 'outside'] as const, 'model.kind')} />
        </Form.Item>
        <div className="c-mod-two">
          <Form.Item name="zh" label={t('model.new.zh')} rules={[need]}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="en" label={t('model.new.en')} rules={[need]}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="id" label={t('model.new.id')} rules={[need]} extra={t('model.new.idHint')}>
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item name="owner" label={t('model.new.owner')} rules={[need]}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name="scene" label={t('model.new.scene')}>
            <Select options={choices(SCENES, 'model.scene')} />
          </Form.Item>
          <Form.Item name="purpose" label={t('model.new.purpose')}>
            <Select options={choices(PURPOSES, 'tag.purpose')} />
          </Form.Item>
        </div>
        <Form.Item name="label" label={t('model.new.label')} rules={kind === 'trained' ? [need] : []}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} loading={tags.isPending} options={optionsOf('flag')} />
        </Form.Item>
        <Form.Item name="score" label={t('model.new.score')} rules={[need]} extra={t('model.new.scoreHint')}>
          {kind === 'outside' ? (
            <Select showSearch={{ optionFilterProp: 'label' }} loading={tags.isPending} options={optionsOf('number')} />
          ) : (
            <Input maxLength={64} autoComplete="off" />
          )}
        </Form.Item>
        <div className="c-mod-two">
          <Form.Item name="horizonDays" label={t('model.new.horizon')}>
            <InputNumber min={1} max={400} precision={0} />
          </Form.Item>
          {kind === 'outside' && (
            <Form.Item name="full" label={t('model.new.full')}>
              <InputNumber min={1} max={1_000_000} />
            </Form.Item>
          )}
        </div>
        <Form.Item name="who" label={t('model.new.population')}>
          <Radio.Group options={choices(['own', 'all'] as const, 'model.new')} />
        </Form.Item>
        <Form.Item name="said" label={t('model.new.meaning')}>
          <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
