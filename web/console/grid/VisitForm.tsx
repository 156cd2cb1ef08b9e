import { Alert, App, Button, Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home, Result } from '#place/contract';
import { ApiFault } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { useVisit } from './places.ts';
import { visitOf } from './unsent.ts';
import { useUnsent } from './useUnsent.ts';

/** The best outcome first. */
const RESULTS = ['deal', 'talked', 'not-at-home', 'refused'] as const satisfies readonly Result[];

/** What came of the visit: one press, a word more if wanted; until the day is over it can be taken back. */
export const VisitForm = ({ home }: { home: Home }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const id = useId();
  const [unsent, keep] = useUnsent(home.id);
  const visit = useVisit(home.id, {
    onDone: (done) => {
      keep({ note: '', result: null });
      void message.success(t(done === null ? 'grid.undone' : 'grid.noted'));
    },
    // What never arrived, or was not answered, stays with him and is sent again.
    onAway: (said) => said && keep({ note: said.note ?? '', result: said.result }),
  });
  const isKept = unsent.result !== null;
  /** What did not arrive at first was sent again and is noted. */
  const isNotedSince = visit.error instanceof ApiFault && visit.variables !== null && home.visit !== null;
  const send = (result: Result | null) => {
    const said = visitOf({ ...unsent, result });
    if (said) visit.mutate(said);
  };
  const because = (name: string): string | null => {
    const action = home.actions.find((a) => a.name === name);
    return action?.allowed === false ? t(`grid.not.${action.because?.replaceAll('.', '_')}`, { by: home.visit?.by ?? '' }) : null;
  };
  return (
    <section className="c-grid-visit" aria-label={t('grid.whatCame')}>
      <h3>{t('grid.whatCame')}</h3>
      {visit.error && !isKept && !isNotedSince && <Alert type="error" showIcon title={trouble(visit.error)} />}
      {home.visit ? (
        <>
          <p>
            <StateTag state={home.visit.result === 'not-at-home' ? 'waiting' : 'done'}>{t(`grid.result.${home.visit.result}`)}</StateTag>{' '}
            <span className="c-soft c-small">
              {home.visit.by} <Moment at={home.visit.at} />
            </span>
          </p>
          {home.visit.note && <p>{home.visit.note}</p>}
          <p className="c-soft c-small">{t(`grid.next.${home.visit.result}`)}</p>
          <RightButton right="place:visit" off={because('undo')} loading={visit.isPending} onClick={() => visit.mutate(null)}>
            {t('grid.undo')}
          </RightButton>
        </>
      ) : (
        <>
          {isKept && !visit.isPending && (
            <Alert
              type="warning"
              showIcon
              title={t('grid.keptResult', { result: t(`grid.result.${unsent.result}`) })}
              description={
                <>
                  <p>{t('grid.keptWhat')}</p>
                  <Button onClick={() => send(unsent.result)}>{t('grid.sendNow')}</Button>
                </>
              }
            />
          )}
          <label htmlFor={id}>{t('grid.note')}</label>
          <Input.TextArea
            id={id}
            value={unsent.note}
            rows={2}
            maxLength={500}
            placeholder={t('grid.noteWhat')}
            onChange={(e) => keep({ ...unsent, note: e.target.value })}
          />
          <div className="c-grid-results">
            {RESULTS.map((result) => (
              <Button
                key={result}
                disabled={because('note') !== null}
                loading={visit.isPending && visit.variables?.result === result}
                onClick={() => send(result)}
              >
                {t(`grid.result.${result}`)}
              </Button>
            ))}
          </div>
          {because('note') && <p className="c-soft c-small">{because('note')}</p>}
        </>
      )}
    </section>
  );
};
