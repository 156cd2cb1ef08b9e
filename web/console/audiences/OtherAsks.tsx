import { useQuery } from '@tanstack/react-query';
import { App, Button, InputNumber, Select } from 'antd';
import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useOnce } from '../parts/useOnce.ts';
import { may, useMe } from '../session.ts';
import { useTagName } from '../tags/tags.ts';
import { audienceOptions, useAudiencesNamed, useLists } from './audiences.ts';
import { useBuilder } from './builder.ts';
import type { Made } from './NewListDialog.tsx';
import { aSalt } from './TagPicker.tsx';
import { likeliest, tagsOptions, useTag } from './tags.ts';
import type { Condition } from './tree.ts';

const NewListDialog = lazy(() => import('./NewListDialog.tsx').then((m) => ({ default: m.NewListDialog })));

interface Props<On extends Condition['on']> {
  name: string;
  what: Extract<Condition, { on: On }>;
  onChange: (what: Condition, field?: string) => void;
}

/** Another saved audience, found by its name; the one on show cannot stand within itself. */
export const AudienceAsk = ({ name, what, onChange }: Props<'audience' | 'list'>) => (
  <span className="c-aud-value">
    <AudienceSelect label={name} value={what.id} onChange={(id) => onChange({ ...what, id })} />
  </span>
);

const AudienceSelect = ({ label, value, onChange }: { label: string; value: string; onChange: (id: string) => void }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const { self } = useBuilder();
  const [q, setQ] = useState('');
  const found = useAudiencesNamed(useDeferredValue(q.trim()));
  const chosen = useQuery(audienceOptions(value, lang)).data;
  return (
    <Select
      className="c-aud-values"
      aria-label={t('audience.audienceOf', { name: label })}
      placeholder={t('audience.pickAudience')}
      value={value || null}
      labelRender={() => chosen?.name ?? value}
      showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
      popupMatchSelectWidth={false}
      notFoundContent={found.isPending ? t('search.busy') : t('audience.noAudience')}
      options={(found.data?.items ?? []).filter(({ id }) => id !== self).map((one) => ({ value: one.id, label: one.name }))}
      onSelect={(id: string) => {
        setQ('');
        onChange(id);
      }}
    />
  );
};

/** A list of customers that was brought from outside, or is brought now. */
export const ListAsk = ({ name, what, onChange }: Props<'audience' | 'list'>) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe().data;
  const lists = useLists();
  const [making, setMaking] = useState(false);
  const wasMaking = useOnce(making);
  const take = (list: Made) => {
    setMaking(false);
    onChange({ ...what, id: list.id });
    void message.info(t('audienceChange.list.made', { count: integer(list.customers) as never, unknown: integer(list.unknownTotal) }));
  };
  return (
    <span className="c-aud-value">
      <Select
        className="c-aud-list-pick"
        aria-label={t('audience.listOf', { name })}
        placeholder={t('audience.pickList')}
        value={what.id || null}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        notFoundContent={lists.isPending ? t('search.busy') : t('audience.noList')}
        options={(lists.data?.items ?? []).map((list) => ({ value: list.id, label: list.name }))}
        onChange={(id) => onChange({ ...what, id })}
      />
      {may(me, 'audience:edit') && <Button onClick={() => setMaking(true)}>{t('audience.newList')}</Button>}
      <Suspense>{wasMaking && <NewListDialog open={making} onClose={() => setMaking(false)} onMade={take} />}</Suspense>
    </span>
  );
};

const WHOLE = 100;
/** Shares of a hundred that are written as one without a rest: 12.3 % is 0.123. */
const shareOf = (percent: number): number => Number((percent / WHOLE).toPrecision(12));

/** A share of everybody, drawn by a word: the same word draws the same people every day. */
export const SampleAsk = ({ name, what, onChange }: Props<'sample'>) => {
  const { t } = useTranslation();
  return (
    <span className="c-aud-value">
      <InputNumber
        className="c-aud-number"
        aria-label={t('audience.shareOf', { name })}
        min={0.0001}
        max={WHOLE}
        suffix="%"
        value={what.share === null ? null : Number((what.share * WHOLE).toPrecision(12))}
        onChange={(percent) => onChange({ ...what, share: percent === null ? null : shareOf(percent) }, 'share')}
      />
      <span className="c-soft c-small">
        {t('audience.draw')} <span className="c-code">{what.salt}</span>
      </span>
      <Button size="small" title={t('audience.redrawWhat')} onClick={() => onChange({ ...what, salt: aSalt() })}>
        {t('audience.redraw')}
      </Button>
    </span>
  );
};

/** The best by a score: how many, by which, highest or lowest, among whom. */
export const TopAsk = ({ name, what, hasAbove, onChange }: Props<'top'> & { hasAbove: boolean }) => {
  const { t } = useTranslation();
  const nameOf = useTagName();
  const [q, setQ] = useState('');
  const found = useQuery(tagsOptions(useDeferredValue(q.trim())));
  const chosen = useTag(what.by).data;
  const scores = likeliest(found.data?.items ?? [], q).filter(({ kind }) => kind === 'number');
  const isOther = typeof what.among === 'object';
  return (
    <span className="c-aud-value c-aud-value-wide">
      <Select
        className="c-aud-score"
        aria-label={t('audience.scoreOf', { name })}
        placeholder={t('audience.pickScore')}
        value={what.by || null}
        labelRender={() => (chosen ? nameOf(chosen) : what.by)}
        showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
        popupMatchSelectWidth={false}
        notFoundContent={t('audience.noTag')}
        options={scores.map((tag) => ({ value: tag.name, label: nameOf(tag) }))}
        onSelect={(by: string) => {
          setQ('');
          onChange({ ...what, by });
        }}
      />
      <Select
        className="c-aud-unit"
        aria-label={t('audience.orderOf', { name })}
        value={what.order}
        options={(['highest', 'lowest'] as const).map((value) => ({ value, label: t(`audience.order.${value}`) }))}
        onChange={(order) => onChange({ ...what, order })}
      />
      <InputNumber
        className="c-aud-number"
        aria-label={t('audience.howManyOf', { name })}
        placeholder={t('audience.people')}
        min={1}
        max={1_000_000_000}
        precision={0}
        value={what.n}
        onChange={(n) => onChange({ ...what, n }, 'n')}
      />
      <Select
        className="c-aud-unit"
        aria-label={t('audience.amongOf', { name })}
        value={isOther ? 'other' : what.among === 'above' && !hasAbove ? 'everyone' : what.among}
        options={[
          { value: 'everyone', label: t('audience.among.everyone') },
          { value: 'above', label: t('audience.among.above'), disabled: !hasAbove },
          ...(isOther ? [{ value: 'other', label: t('audience.among.other') }] : []),
        ]}
        onChange={(among) => among !== 'other' && onChange({ ...what, among: among as 'everyone' | 'above' })}
        popupMatchSelectWidth={false}
      />
    </span>
  );
};
