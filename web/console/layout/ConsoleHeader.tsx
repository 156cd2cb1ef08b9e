import MenuOutlined from '@ant-design/icons/MenuOutlined';
import MoonOutlined from '@ant-design/icons/MoonOutlined';
import SunOutlined from '@ant-design/icons/SunOutlined';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Me } from '#org/contract';
import { useMode } from '../../kit/hooks.ts';
import { LanguageSwitch } from '../../kit/LanguageSwitch.tsx';
import { AreaSwitcher } from './AreaSwitcher.tsx';
import { SearchBox } from './SearchBox.tsx';
import { chooseTheme } from './theme.ts';
import { UserMenu } from './UserMenu.tsx';

export const ConsoleHeader = ({ me, onMenu }: { me: Me; onMenu: () => void }) => {
  const { t } = useTranslation();
  const mode = useMode();
  return (
    <header className="c-header">
      <Button className="c-burger" type="text" icon={<MenuOutlined />} aria-label={t('shell.menu')} onClick={onMenu} />
      <Link to="/overview" className="c-brand">
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" aria-hidden="true">
          <path d="M3 10l9-6 9 6v10H3zM12 4v16M3 12h18" />
        </svg>
        <span>{t('shell.name')}</span>
      </Link>
      <AreaSwitcher me={me} />
      <SearchBox />
      <div className="c-header-end">
        <span className="c-header-lang">
          <LanguageSwitch />
        </span>
        <Button
          type="text"
          icon={mode === 'dark' ? <SunOutlined /> : <MoonOutlined />}
          aria-label={t(mode === 'dark' ? 'shell.light' : 'shell.dark')}
          title={t(mode === 'dark' ? 'shell.light' : 'shell.dark')}
          onClick={() => chooseTheme(mode === 'dark' ? 'light' : 'dark')}
        />
        <UserMenu me={me} />
      </div>
    </header>
  );
};
