import { Alert, App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home, Result } from '#place/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { useVisit } from './places.ts';

/** The best outcome first. */
const RESULTS = ['deal', 'talked', 'not-at-home', 'refused'] as const satisfies readonly Result[];

/** What came of the visit: one press, a word more if wanted; until the day is over it can be taken back. */
export const VisitForm = ({ home }: { home: Home }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const id = useId();
  const [note, setNote] = useState('');
  const visit = useVisit(home.id, (done) => {
    setNote('');
    void message.success(t(done === null ? 'grid.undone' : 'grid.noted'));
  });
  const because = (name: string): string | null => {
    const action = home.actions.find((a) => a.name === name);
    return action?.allowed === false ? t(`grid.not.${action.because?.replaceAll('.', '_')}`, { by: home.visit?.by ?? '' }) : null;
  };
  return (
    <section className="c-grid-visit" aria-label={t('grid.whatCame')}>
      <h3>{t('grid.whatCame')}</h3>
      {visit.error && <Alert type="error" showIcon title={trouble(visit.error)} />}
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
          <label htmlFor={id}>{t('grid.note')}</label>
          <Input.TextArea
            id={id}
            value={note}
            rows={2}
            maxLength={500}
            placeholder={t('grid.noteWhat')}
            onChange={(e) => setNote(e.target.value)}
          />
          <div className="c-grid-results">
            {RESULTS.map((result) => (
              <Button
                key={result}
                disabled={because('note') !== null}
                loading={visit.isPending && visit.variables?.result === result}
                onClick={() => visit.mutate({ result, ...(note.trim() && { note: note.trim() }) })}
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
