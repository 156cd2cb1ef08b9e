import { Link } from '@tanstack/react-router';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { useRuns } from './cases.ts';
import { PrecisionView } from './PrecisionView.tsx';
import { RuleDrawer } from './RuleDrawer.tsx';
import { RuleLine } from './RuleLine.tsx';
import { RunList } from './RunList.tsx';
import { askForSweep, NEW, useRules } from './rules.ts';

const TABS = ['rules', 'precision', 'mornings'] as const;
const EFFECTS = ['work', 'suppress', 'population'] as const;

/** The rules of churn warning: what each says, how many it hits, how often it was right, and the mornings on which they spoke. */
export const RulesPage = () => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [address, change] = useAddress();
  const [busy, setBusy] = useState(false);
  const rules = useRules();
  const run = useRuns(1).data?.items[0];
  const tab = TABS.find((each) => each === address.tab) ?? 'rules';
  const sweep = async () => {
    setBusy(true);
    try {
      await askForSweep();
      void message.success(t('rule.sweepAsked'));
    } catch (error) {
      void message.error(trouble(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p className="c-tags-back">
        <Link to="/retention">{t('retention.back')}</Link>
      </p>
      <PageHead title={t('rule.title')} at={run?.ended}>
        <RightButton right="retention:manage" loading={busy} onClick={() => void sweep()}>
          {t('rule.sweep')}
        </RightButton>
        <RightButton right="retention:manage" type="primary" onClick={() => change({ rule: NEW })}>
          {t('rule.add')}
        </RightButton>
      </PageHead>
      <TabLine
        label={t('rule.title')}
        active={tab}
        onChange={(next) => change({ tab: next === 'rules' ? undefined : next })}
        items={TABS.map((key) => ({ key, label: t(`rule.tab.${key}`) }))}
      />
      {tab === 'precision' && <PrecisionView />}
      {tab === 'mornings' && <RunList />}
      {tab === 'rules' && rules.isPending && <Loading lines={8} />}
      {tab === 'rules' && rules.error && !rules.data && <Refused error={rules.error} onAgain={() => void rules.refetch()} />}
      {tab === 'rules' && rules.data?.items.length === 0 && (
        <Empty title={t('rule.none')}>
          <p>{t('rule.noneNext')}</p>
        </Empty>
      )}
      {tab === 'rules' &&
        EFFECTS.map((effect) => {
          const some = rules.data?.items.filter((rule) => rule.effect === effect) ?? [];
          if (some.length === 0) return null;
          return (
            <section key={effect} aria-labelledby={`rules-${effect}`}>
              <h2 id={`rules-${effect}`} className="c-subhead">
                {t(`rule.effects.${effect}`)}
              </h2>
              <ul className="c-ret-list">
                {some.map((rule) => (
                  <RuleLine
                    key={rule.id}
                    rule={rule}
                    spoke={run?.rules.find(({ id }) => id === rule.id)}
                    customers={run?.customers ?? 0}
                    onOpen={() => change({ rule: rule.id })}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      <RuleDrawer
        id={address.rule}
        rules={rules.data?.items ?? []}
        onClose={() => change({ rule: undefined })}
        onOpen={(rule) => change({ rule })}
      />
    </>
  );
};
