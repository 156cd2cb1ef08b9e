import { Avatar, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#org/contract';
import { useWhere } from '../../kit/hooks.ts';
import { speak } from '../../kit/i18n/index.ts';
import { endBoard } from '../board.ts';
import { useSignOut } from '../session.ts';
import { useNames } from '../words.ts';
import { PasswordForm } from './PasswordForm.tsx';

/** Who I am, where I belong, and the two things about myself that I may do. */
export const UserMenu = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { lang } = useWhere();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  const other = lang === 'zh-CN' ? 'en-US' : 'zh-CN';
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'who', label: `${me.name} · ${me.login}`, disabled: true },
            ...(me.unit ? [{ key: 'unit', label: names.of(me.unit.names), disabled: true }] : []),
            { type: 'divider' as const },
            { key: 'language', label: other === 'zh-CN' ? '切换到中文' : 'Switch to English' },
            { key: 'password', label: t('password.change') },
            { key: 'out', label: t('session.out') },
          ],
          onClick: ({ key }) => {
            if (key === 'language') void speak(other);
            if (key === 'password') setChanging(true);
            if (key === 'out') {
              endBoard();
              signOut.mutate();
            }
          },
        }}
      >
        <Button type="text" className="c-user" title={t('session.me', { name: me.name })}>
          <Avatar size="small" aria-hidden="true">
            {me.name.slice(0, 1)}
          </Avatar>
          <span className="c-user-name">{me.name}</span>
        </Button>
      </Dropdown>
      <PasswordForm open={changing} onClose={() => setChanging(false)} />
    </>
  );
};
