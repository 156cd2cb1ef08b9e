import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import type { JourneyCounts } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useNames } from '../words.ts';
import { ChangeList } from './ChangeList.tsx';
import type { Change } from './changes.ts';
import { publishDraft } from './drafts.ts';

interface Props {
  open: boolean;
  scenario: Scenario;
  /** The version in force; null for a scenario that was never published. */
  current: Scenario | null;
  changes: readonly Change[];
  revision: number;
  onClose: () => void;
  onDone: (published: Scenario) => void;
}

/** Before a draft comes into force: everything that it changes, in words, and what it does not touch. */
export const PublishDialog = ({ open, scenario, current, changes, revision, onClose, onDone }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const queries = useQueryClient();
  const running = useQuery({
    queryKey: ['counts', { scenario: scenario.id }],
    queryFn: ({ signal }) => get<JourneyCounts>('/api/journeys/counts', { scenario: scenario.id }, { signal }),
    enabled: open && current !== null,
  });
  const publish = useMutation({
    mutationFn: () => publishDraft(scenario.id, revision),
    onSuccess: (published) => {
      for (const key of ['scenario', 'scenarios', 'scenario versions', 'scenario drafts', 'words'])
        void queries.invalidateQueries({ queryKey: [key] });
      onDone(published);
    },
  });
  const version = (current?.version ?? 0) + 1;
  const open_ = running.data?.byScenario.find((line) => line.id === scenario.id)?.open;
  return (
    <Modal
      open={open}
      width="min(44rem, 100vw)"
      title={t('editor.publishTitle', { name: names.of(scenario.names), version })}
      okText={t('editor.publishNow', { version })}
      confirmLoading={publish.isPending}
      onOk={() => publish.mutate()}
      onCancel={onClose}
      afterClose={publish.reset}
      destroyOnHidden
    >
      {publish.error && <Alert type="error" showIcon className="c-gap-below" title={trouble(publish.error)} />}
      <p className="c-note">
        {current ? t('editor.publishKeeps', { version: current.version }) : t('editor.publishFirst')}
        {open_ !== undefined && <span className="c-block">{t('editor.publishRunning', { number: integer(open_) })}</span>}
      </p>
      {current && (
        <>
          <h3>{t('editor.changes', { count: changes.length, version: current.version })}</h3>
          <div className="c-edit-scroll">
            <ChangeList changes={changes} label={t('editor.changes', { count: changes.length, version: current.version })} />
          </div>
        </>
      )}
    </Modal>
  );
};
