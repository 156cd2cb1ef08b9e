import { Button, Form, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyFilter, Tab } from '../filter.ts';
import { DayPicker } from '../parts/DayPicker.tsx';
import { useNames, useWords } from '../words.ts';
import { SavedFilters } from './SavedFilters.tsx';

interface Props {
  filter: JourneyFilter;
  tab: Tab;
  login: string;
  onSearch: (change: Record<string, string | undefined>) => void;
}

/** What came from elsewhere into the address and has no field here is shown as a tag that can be taken off. */
const TAGGED = ['stage', 'milestone'] as const;

export const OrderSearch = ({ filter, tab, login, onSearch }: Props) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const [form] = Form.useForm<JourneyFilter>();
  const [more, setMore] = useState(Boolean(filter.scenario || filter.from || filter.to || filter.source));
  const submit = (values: JourneyFilter) =>
    onSearch(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value?.trim() || undefined])));
  const reset = () =>
    onSearch({
      scenario: undefined,
      q: undefined,
      from: undefined,
      to: undefined,
      source: undefined,
      wait: undefined,
      reason: undefined,
      stage: undefined,
      milestone: undefined,
    });
  const select = (items: { value: string; label: string }[], label: string) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      placeholder={t('field.any')}
      aria-label={label}
      options={items}
    />
  );
  return (
    <Form
      form={form}
      layout="vertical"
      className="c-form-row c-form-search"
      data-more={more}
      initialValues={filter}
      onFinish={submit}
      aria-label={t('orders.search')}
    >
      <Form.Item name="q" label={t('field.number')}>
        <Input allowClear placeholder={t('field.numberHint')} maxLength={128} />
      </Form.Item>
      <Form.Item className="c-form-extra" name="scenario" label={t('field.scenario')}>
        {select(
          words.scenarios.map((s) => ({ value: s.id, label: names.of(s.names) })),
          t('field.scenario'),
        )}
      </Form.Item>
      <Form.Item className="c-form-extra" name="from" label={t('orders.from')}>
        <DayPicker />
      </Form.Item>
      <Form.Item className="c-form-extra" name="to" label={t('orders.to')}>
        <DayPicker />
      </Form.Item>
      <Form.Item className="c-form-extra" name="source" label={t('field.source')}>
        {select(
          words.systems.map((s) => ({ value: s.id, label: names.of(s.names) })),
          t('field.source'),
        )}
      </Form.Item>
      <div className="c-form-acts">
        <Button type="primary" htmlType="submit">
          {t('orders.search')}
        </Button>
        <Button onClick={reset}>{t('orders.reset')}</Button>
        <Button className="c-form-toggle" aria-expanded={more} onClick={() => setMore(!more)}>
          {t(more ? 'orders.fewer' : 'orders.more')}
        </Button>
        <SavedFilters login={login} filter={filter} tab={tab} onPick={onSearch} />
      </div>
      {TAGGED.some((name) => filter[name]) && (
        <div className="c-form-tags">
          {TAGGED.filter((name) => filter[name]).map((name) => (
            <Tag key={name} closable={{ 'aria-label': t('orders.takeOff') }} onClose={() => onSearch({ [name]: undefined })}>
              {t(`field.${name}`)}: {filter[name]}
            </Tag>
          ))}
        </div>
      )}
    </Form>
  );
};
