import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setUpApi } from '../kit/api.ts';
import { lang, startI18n } from '../kit/i18n/index.ts';
import '../kit/kit.css';
import { App } from './App.tsx';
import './track.css';
import './order.css';
import en from './track.en.ts';
import zh from './track.zh.ts';
import { arrive } from './useTracking.ts';

const theme = new URLSearchParams(location.search).get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;

startI18n('track', { zh, en });
setUpApi({ language: lang });

const arrival = arrive();
const root = document.getElementById('root');
if (!root) throw new Error('no #root in the page');
createRoot(root).render(
  <StrictMode>
    <App arrival={arrival} />
  </StrictMode>,
);
