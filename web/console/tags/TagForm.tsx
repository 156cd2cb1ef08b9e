import { Alert, Button, Checkbox, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { TAG_PURPOSES, type TagChange, TagName, type TagView } from '#tag/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { KINDS } from './find.ts';
import { type Fields, fieldsOf, saidOf } from './said.ts';
import { useDescribe } from './tags.ts';

const LANGUAGES = ['zh', 'en'] as const;
/** Values whose labels are written here; a tag with more gets them by its door. */
const MOST_LABELS = 60;

/** What people say of a tag; only what was changed is sent. `tag` null: a new one. */
export const TagForm = ({ tag, onDone }: { tag: TagView | null; onDone: (tag: TagView) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<Fields>();
  const describe = useDescribe(onDone);
  const first = fieldsOf(tag);
  const labels = tag?.kind === 'oneOf' ? tag.values.slice(0, MOST_LABELS) : [];
  const save = (fields: Fields) => {
    const change: TagChange = saidOf(fields, first);
    describe.mutate({ name: tag?.name ?? fields.name, change: tag ? change : { ...change, kind: fields.kind } });
  };
  const must = [{ required: true, message: t('tag.form.missing') }];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={first}
      onFinish={save}
      className="c-tags-form"
      aria-label={t('tag.edit')}
    >
      {describe.error && <Alert type="error" showIcon title={trouble(describe.error)} className="c-gap-below" />}
      {!tag && (
        <div className="c-form-pair">
          <Form.Item
            name="name"
            label={t('tag.form.name')}
            extra={t('tag.form.nameWhat')}
            rules={[
              {
                validator: (_, said) =>
                  TagName.safeParse(said).success ? Promise.resolve() : Promise.reject(new Error(t('tag.form.nameWhat'))),
              },
            ]}
          >
            <Input className="c-code" autoCapitalize="none" maxLength={64} />
          </Form.Item>
          <Form.Item name="kind" label={t('tag.field.kind')} rules={must} extra={t('tag.form.kindWhat')}>
            <Select options={KINDS.map((value) => ({ value, label: t(`tag.kind.${value}`) }))} />
          </Form.Item>
        </div>
      )}
      <div className="c-form-pair">
        {LANGUAGES.map((language) => (
          <Form.Item key={language} name={['names', language]} label={t(`tag.form.words.${language}`)}>
            <Input maxLength={200} lang={language} />
          </Form.Item>
        ))}
        {LANGUAGES.map((language) => (
          <Form.Item key={language} name={['meaning', language]} label={t(`tag.form.meaning.${language}`)}>
            <Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 8 }} lang={language} />
          </Form.Item>
        ))}
      </div>
      <Form.Item name="rule" label={t('tag.rule')} extra={t('tag.form.ruleWhat')}>
        <Input.TextArea className="c-code" maxLength={4_000} autoSize={{ minRows: 2, maxRows: 12 }} spellCheck={false} />
      </Form.Item>
      <div className="c-form-pair">
        <Form.Item name="owner" label={t('tag.field.owner')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="refresh" label={t('tag.refresh')} extra={t('tag.form.refreshWhat')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="speaksOf"
          label={t('tag.speaksOf')}
          extra={t('tag.form.speaksOfWhat')}
          rules={[{ pattern: /^\d{4}-\d\d(-\d\d)?$/, message: t('tag.form.speaksOfWhat') }]}
        >
          <Input placeholder="2026-10" maxLength={10} />
        </Form.Item>
        <Form.Item name="confidence" label={t('tag.confidence')} extra={t('tag.form.confidenceWhat')}>
          <InputNumber min={0} max={100} precision={0} suffix="%" />
        </Form.Item>
      </div>
      <Form.Item name="purposes" label={t('tag.purposes')} extra={t('tag.form.purposesWhat')}>
        <Checkbox.Group options={TAG_PURPOSES.map((value) => ({ value, label: t(`tag.purpose.${value}`) }))} />
      </Form.Item>
      {tag && (
        <Form.Item name="hidden" label={t('tag.form.hidden')} extra={t('tag.form.hiddenWhat')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
      {labels.length > 0 && (
        <fieldset className="c-tags-labels">
          <legend>{t('tag.form.labels')}</legend>
          {labels.map(({ value }, i) => (
            <div key={String(value)} className="c-tags-label">
              <span className="c-code">{String(value)}</span>
              {LANGUAGES.map((language) => (
                <Form.Item key={language} name={['labels', i, language]} noStyle>
                  <Input maxLength={200} lang={language} aria-label={t(`tag.form.label.${language}`, { value: String(value) })} />
                </Form.Item>
              ))}
            </div>
          ))}
        </fieldset>
      )}
      <Button type="primary" htmlType="submit" loading={describe.isPending}>
        {t('tag.form.save')}
      </Button>
    </Form>
  );
};
