import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import { Icon } from '../../kit/icons.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { ChangeList } from './ChangeList.tsx';
import { changes } from './changes.ts';
import type { Conflict } from './saver.ts';

/** Somebody else has saved meanwhile: who, when, in what the two differ, and which is to stand. The other one stays a step back in the history. */
export const ConflictNote = ({
  conflict,
  mine,
  onMine,
  onTheirs,
}: {
  conflict: Conflict;
  mine: Scenario;
  onMine: () => void;
  onTheirs: () => void;
}) => {
  const { t } = useTranslation();
  const between = useMemo(() => changes(conflict.theirs, mine), [conflict.theirs, mine]);
  return (
    <section className="c-note c-note-wait c-edit-conflict" role="alert">
      <strong>
        <Icon name="alert" />{' '}
        {conflict.by === null ? (
          t('editor.conflictGone', { version: conflict.basis.basedOn })
        ) : (
          <>
            {t('editor.conflictBy', { by: conflict.by })} {conflict.at && <Moment at={conflict.at} />}
          </>
        )}
      </strong>
      <p>{t('editor.conflictWhat')}</p>
      {between.length > 0 && (
        <details>
          <summary>{t('editor.conflictBetween', { count: between.length })}</summary>
          <ChangeList changes={between} label={t('editor.conflictBetween', { count: between.length })} />
        </details>
      )}
      <p className="c-page-acts">
        <Button type="primary" onClick={onTheirs}>
          {t('editor.takeTheirs')}
        </Button>
        <Button onClick={onMine}>{t('editor.keepMine')}</Button>
      </p>
    </section>
  );
};
