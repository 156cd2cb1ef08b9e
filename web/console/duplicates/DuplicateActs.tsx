import { Alert, App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { useSingleKeys } from '../parts/useSingleKeys.ts';
import { DecisionForm } from './DecisionForm.tsx';
import { type Act, type Detail, useDecision } from './duplicates.ts';

/** The acts of each state, the likeliest first, and their keys. */
const ACTS: Record<Detail['state'], readonly Act[]> = { open: ['merge', 'different'], merged: ['undo'], different: ['reopen'] };
const KEYS: Record<Act, string> = { merge: 'm', different: 'n', undo: 'u', reopen: 'u' };

/** What can be done with a pair now; what cannot says why. */
export const DuplicateActs = ({ one }: { one: Detail }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [writing, setWriting] = useState<Act | null>(null);
  const decision = useDecision(one.id, (act) => {
    setWriting(null);
    void message.success(t(`duplicate.done.${act}`));
  });
  const because = (name: Act): string | null => {
    const action = one.actions.find((a) => a.name === name);
    return action === undefined || action.allowed ? null : t(`duplicate.not.${action.because?.replace('.', '_')}`);
  };
  const acts = ACTS[one.state];
  const begin = (name: Act) => (because(name) === null ? () => setWriting(name) : undefined);
  useSingleKeys(Object.fromEntries(acts.map((name) => [KEYS[name], begin(name)])));
  return (
    <section className="c-ret-acts" aria-label={t('column.act')}>
      <div className="c-page-acts">
        {acts.map((name) => (
          <RightButton
            key={name}
            right="duplicate:merge"
            off={because(name)}
            type={name === 'merge' ? 'primary' : 'default'}
            title={KEYS[name].toUpperCase()}
            aria-expanded={writing === name}
            onClick={() => setWriting(writing === name ? null : name)}
          >
            {t(`duplicate.act.${name}`)}
          </RightButton>
        ))}
      </div>
      {decision.error && <Alert type="error" showIcon title={trouble(decision.error)} />}
      {writing && (
        <DecisionForm
          key={writing}
          act={writing}
          one={one}
          busy={decision.isPending}
          onDecide={({ reason, survivor }) => {
            if (writing === 'merge') decision.mutate({ act: writing, body: { reason, ...(survivor && { survivor }) } });
            else if (writing === 'undo')
              decision.mutate({ act: writing, body: { reason, later: one.builtOn.length > 0 ? 'undo' : 'refuse' } });
            else decision.mutate({ act: writing, body: { reason } });
          }}
        />
      )}
    </section>
  );
};
