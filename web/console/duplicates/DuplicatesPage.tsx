import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Explained } from '../parts/Explained.tsx';
import { ListBody } from '../parts/ListBody.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TabCount } from '../parts/TabCount.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { useListAddress } from '../parts/useListAddress.ts';
import { useSingleKeys } from '../parts/useSingleKeys.ts';
import { useSteps } from '../parts/useSteps.ts';
import { may, useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { DuplicateCards } from './DuplicateCards.tsx';
import { DuplicateDrawer } from './DuplicateDrawer.tsx';
import { DuplicateTable } from './DuplicateTable.tsx';
import { GRADES, KINDS, LIMIT, TABS, tabOf, usePairCounts, usePairQuery, usePairs, useRefresh } from './duplicates.ts';
import { FindingLine } from './FindingLine.tsx';
import { MergeBar } from './MergeBar.tsx';
import { RulesDrawer } from './RulesDrawer.tsx';

/** Who may be one and the same: the surest first, with what speaks for it; merged, told apart, made two again. */
export const DuplicatesPage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const narrow = useNarrow();
  const { address, chosen, choose, turn, open } = useListAddress('pair');
  const tab = tabOf(address.tab);
  const filter = { kind: address.kind, grade: address.grade, area: address.area };
  const queryOf = usePairQuery(filter);
  const list = usePairs(queryOf(tab), address.cursor);
  const counts = usePairCounts(queryOf);
  const refresh = useRefresh();
  const rows = list.data?.items ?? [];
  const steps = useSteps(
    rows.map(({ id }) => id),
    address.pair,
  );
  const to = (id: string | undefined) => (id === undefined ? undefined : () => open(id));
  useSingleKeys({ arrowdown: to(steps.next), arrowup: to(steps.before) });
  const filtered = filter.kind || filter.grade || filter.area;
  const select = (field: 'kind' | 'grade', values: readonly string[]) => (
    <Select
      allowClear
      aria-label={t(`duplicate.${field}.title`)}
      placeholder={t(`duplicate.${field}.title`)}
      value={address[field]}
      popupMatchSelectWidth={false}
      options={values.map((value) => ({ value, label: t(`duplicate.${field}.${value}`) }))}
      onChange={(value: string | undefined) => turn({ [field]: value })}
    />
  );
  return (
    <>
      <PageHead
        title={t('duplicate.title')}
        at={list.data?.at}
        below={<Explained name={t('duplicate.title')} text={t('duplicate.what')} />}
      >
        <Button loading={list.isFetching} onClick={() => void refresh()}>
          {t('part.refresh')}
        </Button>
        <RulesDrawer />
      </PageHead>
      <FindingLine />
      <TabLine
        label={t('duplicate.title')}
        active={tab}
        onChange={(next) => turn({ tab: next === 'open' ? undefined : next, pair: undefined })}
        items={TABS.map((each) => ({
          key: each,
          label: <TabCount name={t(`duplicate.tab.${each}`)} count={counts[each]} />,
        }))}
      />
      <search className="c-form-row">
        {select('grade', GRADES)}
        {select('kind', KINDS)}
        {!narrow && rows.length > 0 && <span className="c-soft c-small c-ret-keys">{t('duplicate.keys')}</span>}
      </search>
      <ListBody
        list={list}
        limit={LIMIT}
        page={address.page}
        onTurn={turn}
        empty={{
          title: t(`duplicate.empty.${tab}`),
          next: t(filtered ? 'duplicate.emptyFiltered' : `duplicate.emptyNext.${tab}`),
          onReset: filter.kind || filter.grade ? () => turn({ kind: undefined, grade: undefined }) : undefined,
        }}
      >
        {(shown) =>
          narrow ? (
            <DuplicateCards rows={shown} onOpen={open} />
          ) : (
            <DuplicateTable
              rows={shown}
              tab={tab}
              chosen={chosen}
              open={address.pair}
              onChoose={may(me, 'duplicate:merge') && tab === 'open' ? choose : undefined}
              onOpen={open}
            />
          )
        }
      </ListBody>
      <MergeBar
        ids={chosen}
        onDone={() => {
          choose([]);
          void refresh();
        }}
        onClear={() => choose([])}
      />
      <DuplicateDrawer id={address.pair} steps={steps} onOpen={open} />
    </>
  );
};
