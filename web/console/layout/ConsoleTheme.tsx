import { App, ConfigProvider, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import { antdTheme } from '../../kit/antdTheme.ts';
import { useMode, useWhere } from '../../kit/hooks.ts';
import { colours, type Mode } from '../../kit/tokens.ts';

/** What is chosen is shown in the palette's own soft accent; the one derived from it would be too dark to read on. Nothing moves for who asked for rest. */
const themeOf = (mode: Mode): ThemeConfig => {
  const base = antdTheme(mode);
  const c = colours(mode);
  const chosen = {
    colorPrimaryBg: c['accent-soft'],
    colorPrimaryBgHover: c['accent-soft'],
    controlItemBgActive: c['accent-soft'],
    controlItemBgActiveHover: c['accent-soft'],
  };
  const motion = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  return { ...base, token: { ...base.token, ...chosen, motion } };
};

/** Language and colours for everything drawn by Ant Design, from the kit's own choice of both. */
export const ConsoleTheme = ({ children }: { children: ReactNode }) => {
  const mode = useMode();
  const { lang } = useWhere();
  dayjs.locale(lang === 'zh-CN' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider locale={lang === 'zh-CN' ? zhCN : enUS} theme={themeOf(mode)} button={{ autoInsertSpace: false }}>
      <App>{children}</App>
    </ConfigProvider>
  );
};
