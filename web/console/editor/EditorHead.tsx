import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Popconfirm, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useNames } from '../words.ts';
import { dropDraft } from './drafts.ts';
import { useEditor } from './editor.ts';
import type { History } from './history.ts';
import type { Obstacle } from './problems.ts';
import { SaveState } from './SaveState.tsx';
import type { useSaving } from './useSaving.ts';

interface Props {
  current: Scenario | null;
  history: History<Scenario>;
  saver: ReturnType<typeof useSaving>;
  against: Obstacle | null;
  problemCount: number;
  onPublish: () => void;
  onDropped: () => void;
}

/** What is edited, whether it is kept, and what can be done with the whole draft. */
export const EditorHead = ({ current, history, saver, against, problemCount, onPublish, onDropped }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const { scenario, act } = useEditor();
  const drop = useMutation({ mutationFn: () => dropDraft(scenario.id, saver.revision), onSuccess: onDropped });
  const publish = (
    <Button
      type={against ? 'default' : 'primary'}
      aria-disabled={against !== null}
      className={against ? 'c-off' : undefined}
      onClick={against ? undefined : onPublish}
    >
      {t('editor.publish')}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t('editor.title', { name: names.of(scenario.names, scenario.id) || scenario.id })}
        below={
          <span className="c-soft">
            <Link to="/scenarios">{t('scenario.all')}</Link>
            {current && (
              <>
                {' · '}
                <Link to="/scenarios/$id" params={{ id: scenario.id }}>
                  {t('scenario.versionOf', { version: current.version })}
                </Link>
              </>
            )}
            {' · '}
            <span className="c-code">{scenario.id}</span>
          </span>
        }
      >
        <SaveState saving={saver.saving} onAgain={() => void saver.flush()} />
        <Button disabled={history.past.length === 0} title="Ctrl+Z" onClick={() => act({ do: 'undo' })}>
          {t('editor.undo')}
        </Button>
        <Button disabled={history.future.length === 0} title="Ctrl+Shift+Z" onClick={() => act({ do: 'redo' })}>
          {t('editor.redo')}
        </Button>
        <Popconfirm
          title={t('editor.dropSure')}
          description={t('editor.dropWhat')}
          okText={t('editor.drop')}
          okButtonProps={{ danger: true }}
          onConfirm={() => drop.mutate()}
          disabled={saver.revision === 0}
        >
          <Button
            danger
            disabled={saver.revision === 0}
            title={saver.revision === 0 ? t('editor.noDraft') : undefined}
            loading={drop.isPending}
          >
            {t('editor.drop')}
          </Button>
        </Popconfirm>
        {against ? (
          <Tooltip trigger={['hover', 'focus']} title={t(`editor.against.${against}`, { count: problemCount })}>
            {publish}
          </Tooltip>
        ) : (
          publish
        )}
      </PageHead>
      {drop.error && <Alert type="error" showIcon className="c-gap-below" title={trouble(drop.error)} />}
    </>
  );
};
