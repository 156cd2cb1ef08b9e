import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import { useNames } from '../words.ts';
import { useEditor } from './editor.ts';
import { MilestoneForm } from './MilestoneForm.tsx';
import { MoveButtons } from './MoveButtons.tsx';
import { moveMilestone, moveStage, removeMilestone, removeStage } from './operations.ts';
import type { Opened } from './problems.ts';
import { StageForm } from './StageForm.tsx';

/** The open milestone or stage: its form, its place among the others, and the way to the next one. */
export const ThingDrawer = ({ open }: { open: Opened | null }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { scenario, act, change } = useEditor();
  const list = open?.kind === 'stage' ? scenario.stages : scenario.milestones;
  const at = open?.at ?? 0;
  const thing = open ? list[at] : undefined;
  const name = thing ? names.of(thing.names, thing.id) || thing.id : '';
  const isStage = open?.kind === 'stage';
  const lastStage = isStage && list.length === 1;
  const go = (to: number) => act({ do: 'open', what: open && { ...open, at: to } });
  const edge = (by: -1 | 1) => {
    if (isStage) return at + by < 0 || at + by >= list.length;
    const rank = scenario.stages.findIndex((stage) => stage.id === scenario.milestones[at]?.stage);
    return (at + by < 0 || at + by >= list.length) && (rank + by < 0 || rank + by >= scenario.stages.length);
  };
  return (
    <Drawer
      open={thing !== undefined}
      onClose={() => act({ do: 'open', what: null })}
      size="min(40rem, 100vw)"
      title={thing && `${t(isStage ? 'field.stage' : 'field.milestone')} ${at + 1}/${list.length} · ${name}`}
      destroyOnHidden
      footer={
        <div className="c-page-acts">
          <Button disabled={at === 0} onClick={() => go(at - 1)}>
            {t('editor.previous')}
          </Button>
          <Button disabled={at >= list.length - 1} onClick={() => go(at + 1)}>
            {t('editor.next')}
          </Button>
          <span className="c-end c-edit-buttons">
            <MoveButtons
              what={name}
              across={isStage}
              first={edge(-1)}
              last={edge(1)}
              onMove={(by) => change((s) => (isStage ? moveStage(s, at, by) : moveMilestone(s, at, by)))}
            />
            <Button
              danger
              disabled={lastStage}
              title={lastStage ? t('editor.lastStage') : t(isStage ? 'editor.removeStageWhat' : 'editor.removeWhat')}
              icon={<Icon name="cross" />}
              onClick={() => change((s) => (isStage ? removeStage(s, at) : removeMilestone(s, at)))}
            >
              {t('editor.remove')}
            </Button>
          </span>
        </div>
      }
    >
      {thing && (isStage ? <StageForm at={at} /> : <MilestoneForm key={at} at={at} />)}
    </Drawer>
  );
};
