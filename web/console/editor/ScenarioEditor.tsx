import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../address.ts';
import { TabLine } from '../parts/TabLine.tsx';
import { may, useMe } from '../session.ts';
import { ConflictNote } from './ConflictNote.tsx';
import { changes } from './changes.ts';
import type { Found as Loaded } from './drafts.ts';
import { EditorBoard } from './EditorBoard.tsx';
import { EditorHead } from './EditorHead.tsx';
import { beginEditing, editing, VIEWS } from './editing.ts';
import { EditorContext, fieldId } from './editor.ts';
import { LeaveGuard } from './LeaveGuard.tsx';
import { PreviewView } from './PreviewView.tsx';
import { ProblemList } from './ProblemList.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { type Found, fieldsOf, obstacle, placeOf, sizeOf, type View } from './problems.ts';
import { RulesForm } from './RulesForm.tsx';
import { isUnread, TextView } from './TextView.tsx';
import { ThingDrawer } from './ThingDrawer.tsx';
import { useCheck } from './useCheck.ts';
import { useKeys } from './useKeys.ts';
import { useSaving } from './useSaving.ts';

/** The editor of one scenario's draft. */
export const ScenarioEditor = ({ found }: { found: Loaded }) => {
  const { t } = useTranslation();
  const me = useMe().data;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [{ view: asked }, change] = useAddress();
  const [publishing, setPublishing] = useState(false);
  const [state, act] = useReducer(editing, (found.draft?.scenario ?? found.current)!, beginEditing);
  const scenario = state.history.now;
  const check = useCheck(scenario);
  const saver = useSaving(scenario, check.complete, found);
  const { saving } = saver;
  const { current } = found;
  const difference = useMemo(() => (current ? changes(current, scenario) : []), [current, scenario]);
  const view: View = VIEWS.find((one) => one === asked) ?? 'graph';
  const unread = isUnread(state.text, scenario.id);
  const settled = saving.is === 'saved' || saving.is === 'same';
  const against = obstacle({
    right: !me || !may(me, 'scenario:edit'),
    conflict: saving.is === 'conflict',
    text: unread,
    incomplete: !check.complete,
    problems: check.problems.length,
    unchecked: !check.fresh,
    same: current !== null && difference.length === 0,
    unsaved: saving.is !== 'saved',
  });

  const editor = useMemo(
    () => ({
      scenario,
      problems: check.problems,
      act,
      change: (how: (s: typeof scenario) => typeof scenario, tag?: string) => act({ do: 'change', how, ...(tag && { tag }) }),
    }),
    [scenario, check.problems],
  );
  const { flush } = saver;
  useKeys(act, flush);
  const [wanted, setWanted] = useState<Found | null>(null);
  const go = useCallback(
    (problem: Found) => {
      const place = placeOf(problem.path);
      change({ view: place.view === 'graph' ? undefined : place.view }, { replace: true });
      act({ do: 'open', what: place.open });
      setWanted(problem);
    },
    [change],
  );
  // What a problem points at may first have to be opened.
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => {
      const field = fieldsOf(wanted.path)
        .map((path) => document.getElementById(fieldId(path)))
        .find((element) => element !== null);
      field?.scrollIntoView({ block: 'center' });
      field?.focus();
      setWanted(null);
    }, 350);
    return () => clearTimeout(timer);
  }, [wanted]);

  const leaveFor = (id: string | null) => {
    void queries.invalidateQueries({ queryKey: ['scenario drafts'] });
    return id
      ? navigate({ to: '/scenarios/$id', params: { id }, ignoreBlocker: true })
      : navigate({ to: '/scenarios', ignoreBlocker: true });
  };
  return (
    <EditorContext value={editor}>
      <LeaveGuard dirty={!settled || unread} flush={flush} canFlush={!unread} />
      <EditorHead
        current={current}
        history={state.history}
        saver={saver}
        against={against}
        problemCount={check.problems.length}
        onPublish={() => setPublishing(true)}
        onDropped={() => void leaveFor(current ? scenario.id : null)}
      />
      {saving.is === 'conflict' && (
        <ConflictNote
          conflict={saving.conflict}
          mine={scenario}
          onTheirs={() => {
            editor.change(() => saving.conflict.theirs);
            saver.settle(saving.conflict);
          }}
          onMine={() => {
            editor.change(() => saving.conflict.theirs);
            editor.change(() => scenario);
            saver.settle(saving.conflict);
          }}
        />
      )}
      <ProblemList fresh={check.fresh} onGo={go} />
      <TabLine
        label={t('editor.views')}
        active={view}
        onChange={(next) => change({ view: next === 'graph' ? undefined : next }, { replace: true })}
        items={VIEWS.map((key) => ({ key, label: t(`editor.view.${key}`) }))}
      />
      {view === 'graph' && (
        <>
          <EditorBoard />
          <p className="c-edit-hint c-gap-below">
            {t('editor.size', { ...sizeOf(scenario) })} <span className="c-edit-keys">{t('editor.keys')}</span>
          </p>
        </>
      )}
      {view === 'rules' && <RulesForm />}
      {view === 'text' && <TextView text={state.text} />}
      {view === 'preview' && <PreviewView scenario={scenario} complete={check.complete} />}
      <ThingDrawer open={view === 'graph' ? state.open : null} />
      <PublishDialog
        open={publishing}
        scenario={scenario}
        current={current}
        changes={difference}
        revision={saver.revision}
        onClose={() => setPublishing(false)}
        onDone={(published) => {
          setPublishing(false);
          void message.success(t('editor.published', { version: published.version }));
          void leaveFor(published.id);
        }}
      />
    </EditorContext>
  );
};
