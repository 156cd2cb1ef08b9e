import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Explained } from '../parts/Explained.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ListBody } from '../parts/ListBody.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TabCount } from '../parts/TabCount.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { useListAddress } from '../parts/useListAddress.ts';
import { useSingleKeys } from '../parts/useSingleKeys.ts';
import { useSteps } from '../parts/useSteps.ts';
import { may, useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { CaseCards } from './CaseCards.tsx';
import { CaseDrawer } from './CaseDrawer.tsx';
import { CaseFind } from './CaseFind.tsx';
import { CaseTable } from './CaseTable.tsx';
import { LIMIT, TABS, type Tab, tabOf, useCaseCounts, useCaseQuery, useCases, useOutcomes, useRefresh } from './cases.ts';
import { Morning } from './Morning.tsx';
import { useRules } from './rules.ts';
import { TakeBar } from './TakeBar.tsx';

/** The desk's morning: who is about to leave and why, the most urgent first; whose turn it is, and what came of each. */
export const RetentionPage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const names = useNames();
  const narrow = useNarrow();
  const { address, chosen, choose, turn, open } = useListAddress('case');
  const tab = tabOf(address.tab);
  const filter = { rule: address.rule, area: address.area, because: address.because, outcome: address.outcome };
  const queryOf = useCaseQuery(filter);
  const list = useCases(queryOf(tab), address.cursor);
  const counts = useCaseCounts(queryOf);
  const rules = useRules().data?.items ?? [];
  const outcomes = useOutcomes().data?.outcomes ?? [];
  const refresh = useRefresh();
  const rows = list.data?.items ?? [];
  const isNarrowed = filter.rule || filter.because || filter.outcome;
  const steps = useSteps(
    rows.map(({ id }) => id),
    address.case,
  );
  const to = (id: string | undefined) => (id === undefined ? undefined : () => open(id));
  useSingleKeys({ j: to(steps.next), k: to(steps.before) });
  /** Who works takes what is nobody's; who assigns gives away what is not over. */
  const mayChoose = (of: Tab) =>
    of !== 'done' && (may(me, 'retention:assign') || (may(me, 'retention:work') && (of === 'toDo' || of === 'heldBack')));
  const suppressing = rules.filter(({ effect }) => effect === 'suppress');
  const select = (field: 'rule' | 'because' | 'outcome', label: string, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      value={address[field]}
      popupMatchSelectWidth={false}
      options={options}
      onChange={(value: string | undefined) => turn({ [field]: value })}
    />
  );
  const named = (some: readonly { id: string; names: { zh: string; en: string } }[]) =>
    some.map(({ id, names: words }) => ({ value: id, label: names.of(words) }));
  return (
    <>
      <PageHead
        title={t('retention.title')}
        at={list.data?.at}
        below={<Explained name={t('retention.title')} text={t('retention.what')} />}
      >
        <Button loading={list.isFetching} onClick={() => void refresh()}>
          {t('part.refresh')}
        </Button>
        <ExportButton path="/api/retention/cases/export.csv" query={queryOf(tab)} />
        <Link to="/retention/rules" className="g-button">
          {t('retention.rules')}
        </Link>
      </PageHead>
      <Morning />
      <TabLine
        label={t('retention.title')}
        active={tab}
        onChange={(next) => turn({ tab: next === 'toDo' ? undefined : next, because: undefined, outcome: undefined })}
        items={TABS.map((each) => ({
          key: each,
          label: <TabCount name={t(`retention.tab.${each}`)} count={counts[each]} />,
        }))}
      />
      <search className="c-form-row">
        <CaseFind onOpen={open} />
        {select('rule', t('retention.rule'), named(rules.filter(({ effect }) => effect === 'work')))}
        {tab === 'heldBack' &&
          select('because', t('retention.because'), [...named(suppressing), { value: 'recently-closed', label: t('retention.quiet') }])}
        {tab === 'done' && select('outcome', t('retention.outcome'), named(outcomes))}
        {!narrow && rows.length > 0 && <span className="c-soft c-small c-ret-keys">{t('retention.keys')}</span>}
      </search>
      <ListBody
        list={list}
        limit={LIMIT}
        page={address.page}
        onTurn={turn}
        empty={{
          title: t(`retention.empty.${tab}`),
          next: t(isNarrowed || filter.area ? 'retention.emptyFiltered' : `retention.emptyNext.${tab}`),
          onReset: isNarrowed ? () => turn({ rule: undefined, because: undefined, outcome: undefined }) : undefined,
        }}
      >
        {(shown) =>
          narrow ? (
            <CaseCards rows={shown} onOpen={open} />
          ) : (
            <CaseTable
              rows={shown}
              tab={tab}
              chosen={chosen}
              open={address.case}
              onChoose={mayChoose(tab) ? choose : undefined}
              onOpen={open}
            />
          )
        }
      </ListBody>
      <TakeBar
        ids={chosen}
        onDone={() => {
          choose([]);
          void refresh();
        }}
        onClear={() => choose([])}
      />
      <CaseDrawer id={address.case} steps={steps} onOpen={open} />
    </>
  );
};
