import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from '#audience/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { useAddress } from '../address.ts';
import type { History } from '../editor/history.ts';
import { useKeys } from '../editor/useKeys.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';
import { audienceOptions, saveChange, useAct } from './audiences.ts';
import { ExportDrawer } from './ExportDrawer.tsx';
import type { Act } from './editing.ts';
import { SaveDialog, type Saving } from './SaveDialog.tsx';
import type { Group } from './tree.ts';
import { useArchive } from './useArchive.tsx';
import { moveDraft } from './useDraft.ts';
import { VersionsDrawer } from './VersionsDrawer.tsx';

interface Props {
  saved: Audience | null;
  login: string;
  where: unknown;
  version: number;
  history: History<Group>;
  act: (act: Act) => void;
  dirty: boolean;
  isKept: boolean;
  /** The server can count it. */
  isSound: boolean;
  isOvertaken: boolean;
  onSaved: (audience: Audience) => void;
  onRestored: (where: unknown) => void;
}

/** Whose definition this is, whether it is saved, and what can be done with the whole. */
export const BuilderHead = (props: Props) => {
  const { saved, login, where, version, history, act, dirty, isKept, isSound, isOvertaken, onSaved, onRestored } = props;
  const { t } = useTranslation();
  const { lang } = useWhere();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const me = useMe().data;
  const [{ versions }, address] = useAddress();
  const [saving, setSaving] = useState<Saving | null>(null);
  const [exporting, setExporting] = useState(false);
  const takeIn = (audience: Audience) => {
    queries.setQueryData(audienceOptions(audience.id, lang).queryKey, audience);
    onSaved(audience);
  };
  const save = useAct(saveChange, (audience) => {
    takeIn(audience);
    void message.success(t('audience.saved', { version: audience.version }));
  });
  const archive = useArchive(() => void navigate({ to: '/audiences', ignoreBlocker: true }));
  const mayChange = saved === null || (saved.actions.find(({ name }) => name === 'change')?.allowed ?? false);
  const against = !may(me, 'audience:edit')
    ? t('because.auth.forbidden')
    : !isSound
      ? t('audience.against.mistake')
      : isOvertaken
        ? t('audience.against.overtaken')
        : saved && !mayChange
          ? t('audience.against.foreign')
          : !dirty
            ? t('audience.against.same')
            : null;
  const press = () => {
    if (against !== null) return;
    if (saved === null) setSaving('new');
    else
      save.mutate(
        { id: saved.id, version, where },
        {
          onError: (error) => {
            void message.error(trouble(error));
            void queries.invalidateQueries({ queryKey: audienceOptions(saved.id, lang).queryKey });
          },
        },
      );
  };
  useKeys(act, press);
  const done = (audience: Audience, how: Saving) => {
    setSaving(null);
    takeIn(audience);
    void message.success(t('audience.saved', { version: audience.version }));
    if (how === 'about') return;
    if (how === 'new') moveDraft(login, audience.id, history.now, audience.where, audience.version);
    void navigate({ to: '/audiences/$id', params: { id: audience.id }, search: (old: object) => old, ignoreBlocker: true } as never);
  };
  const button = (
    <Button
      type={against === null ? 'primary' : 'default'}
      aria-disabled={against !== null}
      className={against === null ? undefined : 'c-off'}
      loading={save.isPending}
      onClick={press}
    >
      {t('audience.save')}
    </Button>
  );
  const can = (name: 'change' | 'archive') => saved?.actions.find((one) => one.name === name)?.allowed ?? false;
  return (
    <>
      <PageHead
        title={saved?.name ?? t('audience.new')}
        below={
          <span className="c-soft">
            <Link to="/audiences">{t('audience.all')}</Link>
            {saved && (
              <>
                {' · '}
                {t('audience.versionOf', { version: saved.version })} · {saved.owner.name} · {t(`audience.shareWith.${saved.share}`)}
              </>
            )}
            {saved?.archivedAt && ` · ${t('audience.archived')}`}
          </span>
        }
      >
        <span className={dirty ? 'c-edit-saved c-aud-unsaved' : 'c-edit-saved'} role="status">
          <Icon name={dirty ? 'half' : 'check'} />{' '}
          {t(dirty ? (isKept ? 'audience.kept' : 'audience.notKept') : saved ? 'audience.isSaved' : 'audience.fresh')}
        </span>
        <Button disabled={history.past.length === 0} title="Ctrl+Z" onClick={() => act({ do: 'undo' })}>
          {t('editor.undo')}
        </Button>
        <Button disabled={history.future.length === 0} title="Ctrl+Shift+Z" onClick={() => act({ do: 'redo' })}>
          {t('editor.redo')}
        </Button>
        {against === null ? (
          button
        ) : (
          <Tooltip trigger={['hover', 'focus']} title={against}>
            {button}
          </Tooltip>
        )}
        {saved && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'copy', label: t('audience.saving.copy'), disabled: !may(me, 'audience:edit') || !isSound },
                { key: 'about', label: t('audience.saving.about'), disabled: !can('change') },
                { key: 'versions', label: t('audience.versions') },
                ...(may(me, 'audience:export') ? [{ key: 'export', label: t('audience.export') }] : []),
                { key: 'archive', label: t('audience.archive'), disabled: !can('archive'), danger: true },
              ],
              onClick: ({ key }) => {
                if (key === 'versions') address({ versions: 'open' }, { replace: true });
                else if (key === 'archive') archive(saved);
                else if (key === 'export') setExporting(true);
                else setSaving(key as Saving);
              },
            }}
          >
            <Button>{t('audience.more')}</Button>
          </Dropdown>
        )}
      </PageHead>
      <SaveDialog saving={saving} saved={saved} where={where} onClose={() => setSaving(null)} onDone={done} />
      {saved && <ExportDrawer open={exporting} audience={saved} onClose={() => setExporting(false)} />}
      {saved && (
        <VersionsDrawer
          open={versions === 'open'}
          audience={saved}
          onClose={() => address({ versions: undefined }, { replace: true })}
          onRestored={onRestored}
        />
      )}
    </>
  );
};
