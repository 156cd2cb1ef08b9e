import UsergroupAddOutlined from '@ant-design/icons/UsergroupAddOutlined';
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { fromDefinition } from '../audiences/definition.ts';
import { keepDraft, loadDraft } from '../audiences/kept.ts';
import type { Json } from '../audiences/tree.ts';
import { may, useMe } from '../session.ts';

const browser = () => localStorage;

/** Opens the people behind a figure in the builder; a draft that was begun there is not thrown away unasked. */
export const AudienceButton = ({ name, where }: { name: string; where: object | null }) => {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const me = useMe().data;
  if (where === null || !me || !may(me, 'audience:see')) return null;
  const open = () => {
    keepDraft(browser, me.login, 'new', { root: fromDefinition(where as Json), version: 0, at: Date.now() });
    void navigate({ to: '/audiences/new' });
  };
  const ask = () => {
    const draft = loadDraft(browser, me.login, 'new');
    if (draft === null || draft.root.of.length === 0) return open();
    modal.confirm({ title: t('grid.draftThere'), content: t('grid.draftLost'), okText: t('grid.openAnyway'), onOk: open });
  };
  return (
    <Button
      type="text"
      size="small"
      icon={<UsergroupAddOutlined />}
      aria-label={t('grid.audienceOf', { name })}
      title={t('grid.audienceOf', { name })}
      onClick={ask}
    />
  );
};
