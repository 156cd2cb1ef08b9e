import { useTranslation } from 'react-i18next';
import { useAddress } from '../address.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { ConflictList } from './ConflictList.tsx';
import { ParkedList } from './ParkedList.tsx';

/** What the machine could not decide: events that belong to no journey yet, and two different events of one identity. */
export const RepairPage = () => {
  const { t } = useTranslation();
  const [address, change] = useAddress();
  const tab = address.tab === 'conflicts' ? 'conflicts' : 'parked';
  return (
    <>
      <PageHead title={t('repair.title')} />
      <TabLine
        label={t('repair.title')}
        active={tab}
        onChange={(next) => change({ tab: next === 'parked' ? undefined : next, cursor: undefined })}
        items={[
          { key: 'parked', label: t('repair.parked') },
          { key: 'conflicts', label: t('repair.conflicts') },
        ]}
      />
      {tab === 'parked' ? <ParkedList /> : <ConflictList />}
    </>
  );
};
