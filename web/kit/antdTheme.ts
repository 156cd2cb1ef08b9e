import { type ThemeConfig, theme } from 'antd';
import { colours, fonts, type Mode, radius, type } from './tokens.ts';

/** Ant Design's theme, derived from our tokens: `<ConfigProvider theme={antdTheme(mode)}>`. */
export const antdTheme = (mode: Mode): ThemeConfig => {
  const c = colours(mode);
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: c.accent,
      colorInfo: c.accent,
      colorLink: c.accent,
      colorSuccess: c.good,
      colorWarning: c.wait,
      colorError: c.bad,
      // by itself it would mix them from the dark signs: dull grounds
      colorInfoBg: c['accent-soft'],
      colorSuccessBg: c['good-soft'],
      colorWarningBg: c['wait-soft'],
      colorErrorBg: c['bad-soft'],
      colorText: c.ink,
      colorTextSecondary: c['ink-soft'],
      colorTextTertiary: c['ink-faint'],
      colorTextQuaternary: c['ink-faint'],
      colorTextPlaceholder: c['ink-faint'],
      colorBgLayout: c.paper,
      colorBgContainer: c.card,
      colorBgElevated: c.card,
      colorBorder: c['line-strong'],
      colorBorderSecondary: c.line,
      colorTextLightSolid: c['on-accent'],
      fontFamily: fonts.text,
      fontFamilyCode: fonts.code,
      fontSize: type.s,
      fontSizeSM: type.xs,
      fontSizeLG: type.m,
      fontSizeXL: type.l,
      fontSizeHeading1: type.xl,
      fontSizeHeading2: type.l,
      fontSizeHeading3: type.l,
      fontSizeHeading4: type.m,
      fontSizeHeading5: type.m,
      borderRadius: radius.s,
      borderRadiusLG: radius.m,
      sizeUnit: 4,
      sizeStep: 4,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none' },
      Layout: { headerBg: c.card, siderBg: c.card, bodyBg: c.paper },
    },
  };
};
