import { Alert, Button, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { RightButton } from '../parts/RightButton.tsx';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { useRuns } from './cases.ts';
import { FactTable } from './FactTable.tsx';
import { type Rule, type Text, useFacts, useSaveRule, useTry } from './rules.ts';
import { decimalsOf, EMPTY, keptOf, lacksIn, mistakeIn, parted, textOf, typedOf } from './ruleText.ts';
import { VersionList } from './VersionList.tsx';

const ID = /^[a-z][a-z0-9-]{0,63}$/;
const EFFECTS = ['work', 'suppress', 'population'] as const;
const LANGUAGES = ['zh', 'en'] as const;

/** A rule's text: changed, tried over everybody as of now, kept as a new version. `rule` null: a new one. */
export const RuleEditor = ({ rule, onSaved }: { rule: Rule | null; onSaved: (rule: Rule) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const names = useNames();
  const me = useMe().data;
  const [text, setText] = useState<Text>(rule ? textOf(rule) : EMPTY);
  const [id, setId] = useState(rule?.id ?? '');
  const facts = useFacts().data?.items ?? [];
  const trial = useTry();
  const save = useSaveRule(onSaved);
  const morning = useRuns(1).data?.items[0]?.rules.find((one) => one.id === rule?.id);
  const off = !may(me, 'retention:manage');
  const change = (some: Partial<Text>) => {
    setText({ ...text, ...some });
    trial.reset();
    save.reset();
  };
  const error = save.error ?? trial.error;
  const mistake = mistakeIn(error) ?? (error === null ? (rule?.mistake ?? null) : null);
  const lacks = lacksIn(text) || (rule === null && !ID.test(id)) ? t('rule.lacks') : null;
  return (
    <div className="c-ret-editor">
      {!rule && (
        <Labelled label={t('rule.id')} hint={t('rule.idWhat')}>
          {(field) => (
            <Input id={field} className="c-code" value={id} maxLength={64} autoCapitalize="none" onChange={(e) => setId(e.target.value)} />
          )}
        </Labelled>
      )}
      <div className="c-form-pair">
        {LANGUAGES.map((language) => (
          <Labelled key={language} label={t(`rule.name.${language}`)}>
            {(field) => (
              <Input
                id={field}
                disabled={off}
                value={text.names[language]}
                maxLength={200}
                onChange={(e) => change({ names: { ...text.names, [language]: e.target.value } })}
              />
            )}
          </Labelled>
        ))}
        {LANGUAGES.map((language) => (
          <Labelled key={language} label={t(`rule.meaning.${language}`)} hint={language === 'zh' ? t('rule.meaningWhat') : undefined}>
            {(field) => (
              <Input.TextArea
                id={field}
                disabled={off}
                value={text.meaning[language]}
                maxLength={2_000}
                autoSize={{ minRows: 2, maxRows: 6 }}
                onChange={(e) => change({ meaning: { ...text.meaning, [language]: e.target.value } })}
              />
            )}
          </Labelled>
        ))}
      </div>
      {text.parameters.length > 0 && (
        <fieldset className="c-ret-parameters">
          <legend>{t('rule.parameters')}</legend>
          {text.parameters.map((one, i) => (
            <Labelled key={one.id} label={names.of(one.names)}>
              {(field) => (
                <InputNumber
                  id={field}
                  disabled={off}
                  value={typedOf(one.value, one)}
                  min={typedOf(one.from, one)}
                  max={typedOf(one.to, one)}
                  precision={decimalsOf(one)}
                  suffix={t(`rule.unit.${one.unit}`)}
                  onChange={(value) =>
                    value !== null &&
                    change({ parameters: text.parameters.map((p, at) => (at === i ? { ...p, value: keptOf(value, p) } : p)) })
                  }
                />
              )}
            </Labelled>
          ))}
        </fieldset>
      )}
      <Labelled label={t('rule.when')} hint={t('rule.whenWhat')}>
        {(field) => (
          <Input.TextArea
            id={field}
            disabled={off}
            className="c-code"
            value={text.when}
            maxLength={2_000}
            spellCheck={false}
            status={mistake?.path === 'when' ? 'error' : ''}
            autoSize={{ minRows: 3, maxRows: 12 }}
            onChange={(e) => change({ when: e.target.value })}
          />
        )}
      </Labelled>
      {mistake && (
        <div className="c-note c-note-wait" role="alert">
          <p className="c-ret-place">
            <strong>{t('rule.place', { line: mistake.line, column: mistake.column })}</strong> {names.of(mistake)}
          </p>
          {mistake.path === 'when' && <Marked text={text.when} at={mistake} />}
        </div>
      )}
      {error !== null && !mistakeIn(error) && <Alert type="error" showIcon title={trouble(error)} />}
      <FactTable facts={facts} />
      <div className="c-form-pair">
        <Labelled label={t('rule.evidence')} hint={t('rule.evidenceWhat')}>
          {(field) => (
            <Select
              id={field}
              mode="multiple"
              disabled={off}
              value={text.evidence}
              showSearch={{ optionFilterProp: 'label' }}
              options={facts.map((fact) => ({ value: fact.name, label: `${names.of(fact.names)} ${fact.name}` }))}
              onChange={(evidence: string[]) => change({ evidence })}
            />
          )}
        </Labelled>
        <Labelled label={t('rule.effect')}>
          {(field) => (
            <Select
              id={field}
              disabled={off}
              value={text.effect}
              options={EFFECTS.map((value) => ({ value, label: t(`rule.effects.${value}`) }))}
              onChange={(effect) => change({ effect })}
            />
          )}
        </Labelled>
        <Labelled label={t('rule.priority')} hint={t('rule.priorityWhat')}>
          {(field) => (
            <InputNumber
              id={field}
              disabled={off}
              value={text.priority}
              min={1}
              max={9}
              precision={0}
              onChange={(value) => value !== null && change({ priority: value })}
            />
          )}
        </Labelled>
        <Labelled label={t('rule.inForce')}>
          {(field) => <Switch id={field} disabled={off} checked={text.inForce} onChange={(inForce) => change({ inForce })} />}
        </Labelled>
      </div>
      <div className="c-ret-try" aria-live="polite">
        {trial.data && (
          <p className="c-note c-ret-tried">
            {t('rule.tried', { count: integer(trial.data.count) as never, customers: integer(trial.data.customers) })}{' '}
            {morning && trial.data.count !== morning.hits && (
              <strong>
                {t(trial.data.count > morning.hits ? 'rule.more' : 'rule.fewer', {
                  count: integer(Math.abs(trial.data.count - morning.hits)) as never,
                })}
              </strong>
            )}
            {trial.data.fresh !== null && (
              <span className="c-block">{t('rule.triedFresh', { count: integer(trial.data.fresh) as never })}</span>
            )}
            {trial.data.customers > 0 && (
              <span className="c-block c-soft">{t('rule.triedKnown', { share: percent(trial.data.known / trial.data.customers) })}</span>
            )}
          </p>
        )}
        <div className="c-page-acts">
          <RightButton right="retention:manage" off={lacks} loading={trial.isPending} onClick={() => trial.mutate(text)}>
            {t('rule.try')}
          </RightButton>
          <RightButton
            right="retention:manage"
            type="primary"
            off={lacks}
            loading={save.isPending}
            onClick={() => save.mutate({ id, basedOn: rule?.version ?? 0, rule: text })}
          >
            {t('rule.save')}
          </RightButton>
          {rule && JSON.stringify(text) !== JSON.stringify(textOf(rule)) && (
            <Button onClick={() => change(textOf(rule))}>{t('rule.back')}</Button>
          )}
        </div>
      </div>
      {rule && <VersionList id={rule.id} onTake={off ? null : (old) => change(textOf(old))} />}
    </div>
  );
};

const Labelled = ({ label, hint, children }: { label: string; hint?: string | undefined; children: (id: string) => ReactNode }) => {
  const id = useId();
  return (
    <div className="c-edit-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <span className="c-edit-hint">{hint}</span>}
    </div>
  );
};

/** The condition with the place that is wrong. */
const Marked = ({ text, at }: { text: string; at: { start: number; end: number } }) => {
  const [before, wrong, after] = parted(text, at);
  return (
    <pre className="c-ret-marked">
      {before}
      <mark>{wrong || '␣'}</mark>
      {after}
    </pre>
  );
};
