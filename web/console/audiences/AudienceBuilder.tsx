import { useCallback, useMemo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from '#audience/contract';
import { useAddress } from '../address.ts';
import { TabLine } from '../parts/TabLine.tsx';
import { BuilderHead } from './BuilderHead.tsx';
import { BuilderContext } from './builder.ts';
import { ChangeView } from './ChangeView.tsx';
import { CountPanel } from './CountPanel.tsx';
import { fromDefinition, nodeAt } from './definition.ts';
import { focusOn } from './dragging.ts';
import { ExamplesView } from './ExamplesView.tsx';
import { type Act, beginEditing, editing } from './editing.ts';
import { FirstLines } from './FirstLines.tsx';
import { JsonView } from './JsonView.tsx';
import { LeaveGuard } from './LeaveGuard.tsx';
import { OverlapView } from './OverlapView.tsx';
import { OvertakenNote } from './OvertakenNote.tsx';
import { PortraitView } from './PortraitView.tsx';
import { PurposeBar } from './PurposeBar.tsx';
import { purposeIn } from './purpose.ts';
import { ReachView } from './ReachView.tsx';
import { TreeGroup } from './TreeGroup.tsx';
import { EVERYONE, oldestLoad, useTagsNamed } from './tags.ts';
import { add, aLine, type Group, linesIn, numbersOf, tagsOf } from './tree.ts';
import { useAddKey } from './useAddKey.ts';
import { useCount } from './useCount.ts';
import { draftOf, useDraft } from './useDraft.ts';
import { WhyView } from './WhyView.tsx';

const VIEWS = ['reach', 'portrait', 'examples', 'why', 'overlap', 'change', 'json'] as const;
type View = (typeof VIEWS)[number];
/** Without a condition the number is as old as the last word on who counts at all. */
const WHO_COUNTS = [EVERYONE];

/** What the work began from; version 0 and null: from nothing. */
interface Basis {
  version: number;
  where: unknown;
}

/** The builder: on the left the tree, on the right the exact number and what can be asked of these people. `saved` null: a new audience. */
export const AudienceBuilder = ({ saved, login }: { saved: Audience | null; login: string }) => {
  const { t } = useTranslation();
  const [{ view: asked, purpose: forWhat }, address] = useAddress();
  const views = VIEWS.filter((one) => one !== 'change' || saved !== null);
  const view: View = views.find((one) => one === asked) ?? 'reach';
  const purpose = purposeIn(forWhat);
  const id = saved?.id ?? 'new';
  const [draft] = useState(() => draftOf(login, id));
  // What is worked on goes on from this version until it is saved, whatever others save meanwhile.
  const [basis, setBasis] = useState<Basis>({ version: draft?.version ?? saved?.version ?? 0, where: saved?.where ?? null });
  const [state, act] = useReducer(editing, draft?.root ?? fromDefinition(saved?.where ?? { and: [] }), beginEditing);
  const root = state.history.now;
  const { written, count, left, mistake } = useCount(root, purpose);
  const { dirty, isKept } = useDraft(login, id, root, basis);
  const names = useMemo(() => tagsOf(root), [root]);
  const tags = useTagsNamed(names.length > 0 ? names : WHO_COUNTS);
  const [customer, setCustomer] = useState('');
  const change = useCallback(
    (how: (root: Group) => Group, more: { tag?: string; open?: string } = {}) => act({ do: 'change', how, ...more }),
    [],
  );
  useAddKey(
    useCallback(() => {
      const line = aLine({ on: 'tag', tag: '', ask: null });
      change((tree) => add(tree, root.id, line), { open: line.id });
      focusOn(line.id, '[role=combobox]');
    }, [change, root.id]),
  );
  const wrong = useMemo(() => new Map(mistake?.id && mistake.id !== root.id ? [[mistake.id, mistake.message]] : []), [mistake, root.id]);
  const builder = useMemo(
    () => ({ root, open: state.open, act: act as (one: Act) => void, change, left, wrong, purpose, self: saved?.id ?? null }),
    [root, state.open, change, left, wrong, purpose, saved?.id],
  );
  const numbers = useMemo(() => numbersOf(root), [root]);
  const viewName = (one: View) => (one === 'change' ? t('audienceChange.view') : t(`audience.view.${one}`));
  const show = (next: View) => address({ view: next === 'reach' ? undefined : next }, { replace: true });
  const lineAt = (path: string) => nodeAt(written.paths, path);
  const isOvertaken = saved !== null && saved.version > basis.version;
  return (
    <BuilderContext value={builder}>
      <LeaveGuard dirty={dirty} isKept={isKept} />
      <BuilderHead
        saved={saved}
        login={login}
        where={written.where}
        version={basis.version}
        history={state.history}
        act={act}
        dirty={dirty}
        isKept={isKept}
        isSound={mistake?.isOfPurpose || (mistake === null && count.error === null)}
        isOvertaken={isOvertaken}
        onSaved={(next) => setBasis({ version: next.version, where: next.where })}
        onRestored={(where) => change(() => fromDefinition(where))}
      />
      {isOvertaken && (
        <OvertakenNote
          theirs={saved}
          onTheirs={() => {
            change(() => fromDefinition(saved.where));
            setBasis({ version: saved.version, where: saved.where });
          }}
          onMine={() => setBasis({ version: saved.version, where: saved.where })}
        />
      )}
      <div className="c-aud">
        <section className="c-aud-tree" aria-label={t('audience.tree')}>
          {root.of.length === 0 && <FirstLines onPick={(where) => change(() => fromDefinition(where))} />}
          <TreeGroup group={root} at="" />
          <p className="c-aud-keys">{t('audience.keys')}</p>
        </section>
        <div className="c-aud-side">
          <CountPanel count={count} loadedAt={oldestLoad(tags)} lines={linesIn(root)} isToldAtLine={mistake !== null}>
            <PurposeBar
              purpose={purpose}
              allowed={count.data?.purposes}
              onChange={(next) => address({ purpose: next ?? undefined }, { replace: true })}
            />
          </CountPanel>
          <section className="c-card c-aud-views" aria-label={viewName(view)}>
            <TabLine
              label={t('audience.views')}
              active={view}
              onChange={(next) => show(next as View)}
              items={views.map((key) => ({ key, label: viewName(key) }))}
            />
            {view === 'reach' && <ReachView body={JSON.stringify({ where: written.where })} />}
            {view === 'portrait' && <PortraitView where={written.where} />}
            {view === 'examples' && (
              <ExamplesView
                where={written.where}
                tags={names}
                onWhy={(who) => {
                  setCustomer(who);
                  show('why');
                }}
              />
            )}
            {view === 'why' && (
              <WhyView
                key={customer}
                where={written.where}
                customer={customer}
                numberAt={(path) => numbers.get(lineAt(path) ?? '') ?? ''}
                onLine={(path) => focusOn(lineAt(path) ?? '', '.c-aud-grip')}
              />
            )}
            {view === 'overlap' && <OverlapView where={written.where} self={saved?.id ?? null} />}
            {view === 'change' && saved && <ChangeView id={saved.id} />}
            {view === 'json' && <JsonView where={written.where} mistake={mistake} onRead={(next) => change(() => next, { tag: 'json' })} />}
          </section>
        </div>
      </div>
    </BuilderContext>
  );
};
