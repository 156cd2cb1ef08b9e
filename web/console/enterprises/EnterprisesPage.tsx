import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Explained } from '../parts/Explained.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ListBody } from '../parts/ListBody.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TabCount } from '../parts/TabCount.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { useListAddress } from '../parts/useListAddress.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { EnterpriseCards } from './EnterpriseCards.tsx';
import { EnterpriseDrawer } from './EnterpriseDrawer.tsx';
import { EnterpriseTable } from './EnterpriseTable.tsx';
import { LIMIT, TABS, tabOf, useChoices, useEnterprises, useMatrix, useQueriesOf, useTabCounts, useTables } from './enterprises.ts';
import { MatrixCard } from './MatrixCard.tsx';

const TYPING_MS = 400;
const NARROWING = ['q', 'industry', 'manager', 'size', 'place', 'value', 'loyalty', 'competition'] as const;

/** Where the enterprise customers stand, and who is in each place. */
export const EnterprisesPage = () => {
  const { t } = useTranslation();
  const names = useNames();
  const narrow = useNarrow();
  const { address, turn, open } = useListAddress('enterprise');
  const [typed, setTyped] = useState(address.q ?? '');
  const tab = tabOf(address.tab);
  const { common, list: queryOf } = useQueriesOf(address);
  const matrix = useMatrix(common);
  const tables = useTables().data?.tables;
  const list = useEnterprises(queryOf(tab), address.cursor);
  const counts = useTabCounts(queryOf);
  const choices = useChoices().data;
  useEffect(() => {
    if (typed.trim() === (address.q ?? '')) return;
    const timer = setTimeout(() => turn({ q: typed.trim() || undefined }, { replace: true }), TYPING_MS);
    return () => clearTimeout(timer);
  });
  const isNarrowed = NARROWING.some((field) => address[field]);
  const reset = () => {
    setTyped('');
    turn(Object.fromEntries(NARROWING.map((field) => [field, undefined])));
  };
  const select = (field: 'industry' | 'manager' | 'size' | 'place', options: { value: string; label: string }[]) => (
    <Select
      allowClear
      aria-label={t(`enterprise.${field}`)}
      placeholder={t(`enterprise.${field}`)}
      value={address[field]}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={(value: string | undefined) => turn({ [field]: value })}
    />
  );
  const plain = (some: readonly string[] = []) => some.map((value) => ({ value, label: value }));
  return (
    <>
      <PageHead
        title={t('enterprise.title')}
        at={matrix.data?.at}
        below={<Explained name={t('enterprise.title')} text={t('enterprise.what')} />}
      >
        <ExportButton path="/api/enterprises/export.csv" query={queryOf(tab)} />
        <Link to="/enterprises/tables" className="g-button">
          {t('enterprise.tables')}
        </Link>
      </PageHead>
      {matrix.isPending && <Loading lines={6} />}
      {matrix.error && !matrix.data && <Refused error={matrix.error} onAgain={() => void matrix.refetch()} />}
      {matrix.data && matrix.data.enterprises > 0 && tables && (
        <MatrixCard matrix={matrix.data} tables={tables} chosen={address} onTurn={turn} />
      )}
      <TabLine
        label={t('enterprise.title')}
        active={tab}
        onChange={(next) => turn({ tab: next === 'all' ? undefined : next })}
        items={TABS.map((each) => ({
          key: each,
          label: <TabCount name={t(`enterprise.tab.${each}`)} count={counts[each]} />,
        }))}
      />
      <search className="c-form-row">
        <Input
          className="c-find"
          allowClear
          value={typed}
          maxLength={100}
          placeholder={t('enterprise.find')}
          aria-label={t('enterprise.find')}
          onChange={(event) => setTyped(event.target.value)}
        />
        {select('place', tables?.places.map((p) => ({ value: p.id, label: names.of(p.names) })) ?? [])}
        {select('industry', plain(choices?.industries))}
        {select('manager', plain(choices?.managers))}
        {select(
          'size',
          (['large', 'small'] as const).map((value) => ({ value, label: t(`enterprise.sizes.${value}`) })),
        )}
        {isNarrowed && <Button onClick={reset}>{t('orders.reset')}</Button>}
      </search>
      <ListBody
        list={list}
        limit={LIMIT}
        page={address.page}
        onTurn={turn}
        empty={{
          title: t(`enterprise.empty.${tab}`),
          next: t(isNarrowed || address.area ? 'enterprise.emptyFiltered' : `enterprise.emptyNext.${tab}`),
          onReset: isNarrowed ? reset : undefined,
        }}
      >
        {(rows) =>
          narrow ? <EnterpriseCards rows={rows} onOpen={open} /> : <EnterpriseTable rows={rows} open={address.enterprise} onOpen={open} />
        }
      </ListBody>
      <EnterpriseDrawer id={address.enterprise} onClose={() => open(undefined)} />
    </>
  );
};
