import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/faces.tsx';
import { CodeBox } from '../parts/CodeBox.tsx';

const MAP = `source: warehouse
key: customerID
speaksOf: 2026-10
area: 区域
own: 在网
person: { name: 姓名, phone: 电话, idNumber: 证件号, address: 地址 }
tags:
  gender: { column: gender, kind: oneOf }
  senior: { column: SeniorCitizen, kind: flag }
  tenure: { column: tenure, kind: number }
  joined: { column: 入网日期, kind: date }
unknown: [""]
`;

const COMMAND = './glasshouse customers import customers.csv --map MAP.yaml';

const push = () => `curl ${location.origin}/api/customers/changes \\
  -H "Authorization: Bearer $GLASSHOUSE_TOKEN" -H "Content-Type: application/json" \\
  -d '{"source":"warehouse","changes":[{"key":"C0001","tags":{"gender":"F","senior":false,"tenure":18,"joined":"2025-05-01"}}]}'`;

/** Before the first load: the two ways in, each to be taken along. */
export const NoCustomers = () => {
  const { t } = useTranslation();
  return (
    <Empty title={t('customer.none')}>
      <p>{t('customer.noneNext')}</p>
      <div className="c-tags-ways">
        <h2>{t('customer.way.file')}</h2>
        <p className="c-soft">{t('customer.way.fileWhat')}</p>
        <CodeBox label="MAP.yaml" text={MAP.trimEnd()} />
        <CodeBox label={t('customer.way.command')} text={COMMAND} />
        <h2>{t('customer.way.push')}</h2>
        <p className="c-soft">{t('customer.way.pushWhat')}</p>
        <CodeBox label={t('customer.way.push')} text={push()} />
      </div>
    </Empty>
  );
};
