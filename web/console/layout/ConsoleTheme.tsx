import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import { antdTheme } from '../../kit/antdTheme.ts';
import { useMode, useWhere } from '../../kit/hooks.ts';

/** Language and colours for everything drawn by Ant Design, from the kit's own choice of both. */
export const ConsoleTheme = ({ children }: { children: ReactNode }) => {
  const mode = useMode();
  const { lang } = useWhere();
  dayjs.locale(lang === 'zh-CN' ? 'zh-cn' : 'en');
  return (
    <ConfigProvider locale={lang === 'zh-CN' ? zhCN : enUS} theme={antdTheme(mode)} button={{ autoInsertSpace: false }}>
      <App>{children}</App>
    </ConfigProvider>
  );
};
