import { Input, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** One field for all numbers; the cursor stands in it when the page opens. What is typed goes into no address. */
export const CustomerFind = ({ busy, onSearch }: { busy: boolean; onSearch: (text: string) => void }) => {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <search className="c-cust-find">
      <Input.Search
        ref={input}
        allowClear
        autoComplete="off"
        enterButton={t('customer.search')}
        loading={busy}
        maxLength={128}
        placeholder={t('customer.findWhat')}
        aria-label={t('customer.find')}
        onSearch={onSearch}
      />
      <p className="c-soft c-small">{t('customer.findNote')}</p>
    </search>
  );
};
