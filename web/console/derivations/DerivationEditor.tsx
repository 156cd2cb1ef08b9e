import { useNavigate } from '@tanstack/react-router';
import { Alert, App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Definition, DerivedName } from '#derivation/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { Field } from '../parts/Field.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { KINDS } from '../tags/find.ts';
import { useNames } from '../words.ts';
import { ConditionField } from './ConditionField.tsx';
import { beginTrial, type Derivation, useCheck, useFacts, usePublish, useSaveDraft } from './derivations.ts';
import { beginning, lacking, mistakesAt, mistakesElsewhere } from './draft.ts';
import { FiguresEditor } from './FiguresEditor.tsx';
import { RowsEditor } from './RowsEditor.tsx';
import { RuleRows } from './RuleRows.tsx';
import { TrialBars } from './TrialBars.tsx';
import { ValuesEditor } from './ValuesEditor.tsx';

const LANGUAGES = ['zh', 'en'] as const;
/** Asked of the server while a new tag has no name that it would take. */
const NAMELESS = 'new.tag';

interface Props {
  /** Null: a new one. */
  derivation: Derivation | null;
  /** What to begin with instead of the draft or the version in force. */
  begin: Definition | null;
  onPublished: (version: number) => void;
}

/** A definition in the hand: written with its mistakes in sight, tried over everybody, kept as a draft, published for a reason. */
export const DerivationEditor = ({ derivation, begin, onPublished }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const navigate = useNavigate();
  const names = useNames();
  const [tag, setTag] = useState(derivation?.tag ?? '');
  const [definition, setDefinition] = useState<Definition>(
    begin ?? derivation?.draft?.definition ?? derivation?.published?.definition ?? beginning('oneOf'),
  );
  const [trial, setTrial] = useState<{ id: string; definition: Definition } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const asked = DerivedName.safeParse(tag).success ? tag : NAMELESS;
  const facts = useFacts(asked).data?.items ?? [];
  const check = useCheck(asked, definition);
  const mistakes = check.data?.mistakes ?? [];
  const save = useSaveDraft((saved) => {
    if (derivation === null) void navigate({ to: '/derivations/$tag', params: { tag: saved.tag } });
  });
  const publish = usePublish(tag, (done) => {
    setReason(null);
    onPublished(done.version ?? 1);
  });
  const change = (to: Definition) => {
    setDefinition(to);
    setTrial(null);
    setError(null);
    save.reset();
  };
  const lacks = lacking(tag, definition);
  const unsound = lacks ? t(`derivation.lacks.${lacks}`) : mistakes.length > 0 ? t('derivation.lacks.mistakes') : null;
  const ring = check.data?.ring ? t('derivation.ring', { ring: check.data.ring.join(' → ') }) : null;
  const missing = check.data?.missing.length ? t('derivation.missing', { tags: check.data.missing.join('、') }) : null;
  const keep = () => save.mutateAsync({ tag, basedOn: derivation?.draft?.revision ?? 0, definition });
  const keepNow = () => {
    setError(null);
    keep().then(
      () => void message.success(t('derivation.kept')),
      () => undefined, // said by save.error
    );
  };
  const attempt = async () => {
    setBusy(true);
    setError(null);
    try {
      setTrial({ ...(await beginTrial(tag, definition)), definition });
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  const issue = async () => {
    setBusy(true);
    try {
      const saved = await keep();
      if (saved.draft) await publish.mutateAsync({ revision: saved.draft.revision, reason: reason ?? '' });
    } catch {
      // said by save.error and publish.error
    } finally {
      setBusy(false);
    }
  };
  const failed = error ?? save.error;
  return (
    <Card title={t('derivation.editor')} className="c-der-form">
      <div className="c-form-pair">
        {!derivation && (
          <>
            <Field label={t('derivation.name')}>
              {(id) => (
                <Input
                  id={id}
                  className="c-code"
                  value={tag}
                  maxLength={64}
                  autoCapitalize="none"
                  onChange={(e) => setTag(e.target.value)}
                />
              )}
            </Field>
            <Field label={t('tag.field.kind')}>
              {(id) => (
                <Select
                  id={id}
                  value={definition.kind}
                  options={KINDS.map((value) => ({ value, label: t(`tag.kind.${value}`) }))}
                  onChange={(kind) => change(beginning(kind, definition.names))}
                />
              )}
            </Field>
          </>
        )}
        {LANGUAGES.map((language) => (
          <Field key={language} label={t(`tag.form.words.${language}`)}>
            {(id) => (
              <Input
                id={id}
                lang={language}
                value={definition.names[language]}
                maxLength={200}
                onChange={(e) => change({ ...definition, names: { ...definition.names, [language]: e.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
      {definition.kind === 'oneOf' && (
        <ValuesEditor values={definition.values} off={false} onChange={(values) => change({ ...definition, values })} />
      )}
      <FiguresEditor definition={definition} mistakes={mistakes} onChange={change} />
      <h3 className="c-subhead">{t('derivation.rule')}</h3>
      {'table' in definition ? (
        <RowsEditor table={definition} off={false} facts={facts} mistakes={mistakes} onChange={change} />
      ) : (
        <ConditionField
          label={t('derivation.expression')}
          value={definition.expression}
          off={false}
          facts={facts}
          mistakes={mistakesAt(mistakes, 'expression')}
          onChange={(expression) => change({ ...definition, expression })}
        />
      )}
      <p className="c-edit-hint">{t('derivation.language')}</p>
      {mistakesElsewhere(mistakes, definition).map((m) => (
        <p key={`${m.path} ${m.reason}`} className="c-der-wrong">
          <span className="c-code">{m.path}</span> {names.of(m)}
        </p>
      ))}
      {ring && <Alert type="error" showIcon title={ring} />}
      {missing && <Alert type="warning" showIcon title={missing} />}
      {mistakes.length === 0 && check.data && check.data.says.zh.length > 0 && (
        <section aria-label={t('derivation.readOut')} aria-live="polite">
          <h3 className="c-subhead">{t('derivation.readOut')}</h3>
          <RuleRows says={check.data.says} />
        </section>
      )}
      {failed !== null && <Alert type="error" showIcon title={trouble(failed)} />}
      {trial && <TrialBars key={trial.id} tag={tag} id={trial.id} definition={trial.definition} />}
      <div className="c-page-acts">
        <RightButton right="derivation:manage" off={unsound ?? ring ?? missing} loading={busy} onClick={() => void attempt()}>
          {t('derivation.try')}
        </RightButton>
        <RightButton right="derivation:manage" off={lacks && t(`derivation.lacks.${lacks}`)} loading={save.isPending} onClick={keepNow}>
          {t('derivation.keep')}
        </RightButton>
        <RightButton right="derivation:manage" type="primary" off={unsound ?? ring} onClick={() => setReason('')}>
          {t('derivation.publish')}
        </RightButton>
      </div>
      <Modal
        open={reason !== null}
        title={t('derivation.publishTitle', { version: (derivation?.version ?? 0) + 1 })}
        okText={t('derivation.publish')}
        okButtonProps={{ disabled: (reason ?? '').trim() === '' }}
        confirmLoading={busy}
        onOk={() => void issue()}
        onCancel={() => setReason(null)}
        destroyOnHidden
      >
        {(publish.error ?? save.error) && (
          <Alert type="error" showIcon className="c-gap-below" title={trouble(publish.error ?? save.error)} />
        )}
        <p>{t('derivation.publishWhat')}</p>
        <Field label={t('derivation.reason')}>
          {(id) => <Input.TextArea id={id} autoFocus value={reason ?? ''} maxLength={500} onChange={(e) => setReason(e.target.value)} />}
        </Field>
      </Modal>
    </Card>
  );
};
