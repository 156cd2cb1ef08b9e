import { useTranslation } from 'react-i18next';
import { useAddress } from '../address.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { may, useMe } from '../session.ts';
import { AccountList } from './AccountList.tsx';
import { AuditList } from './AuditList.tsx';
import { RoleList } from './RoleList.tsx';
import { UnitList } from './UnitList.tsx';

const TABS = ['accounts', 'units', 'roles', 'audit'] as const;

/** Who may sign in, where he belongs, what his role opens, and what was done. */
export const PeoplePage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const [address, change] = useAddress();
  const tabs = TABS.filter((each) => each !== 'audit' || may(me, 'audit:read'));
  const tab = tabs.find((each) => each === address.tab) ?? 'accounts';
  return (
    <>
      <PageHead title={t('people.title')} />
      <TabLine
        label={t('people.title')}
        active={tab}
        onChange={(next) => change({ tab: next === 'accounts' ? undefined : next, q: undefined, role: undefined })}
        items={tabs.map((each) => ({ key: each, label: t(`people.${each}`) }))}
      />
      {tab === 'accounts' && <AccountList />}
      {tab === 'units' && <UnitList />}
      {tab === 'roles' && <RoleList />}
      {tab === 'audit' && <AuditList />}
    </>
  );
};
