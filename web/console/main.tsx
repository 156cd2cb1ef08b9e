import '../kit/kit.css';
import './console.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setUpApi } from '../kit/api.ts';
import { fetchI18n, lang } from '../kit/i18n/index.ts';
import { ConsoleTheme } from './layout/ConsoleTheme.tsx';
import { startTheme } from './layout/theme.ts';
import { queries } from './queries.ts';
import { router } from './router.tsx';
import { sessionOver } from './session.ts';

startTheme();
setUpApi({ language: lang, onUnauthorised: sessionOver });

const render = () =>
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <ConsoleTheme>
          <RouterProvider router={router} />
        </ConsoleTheme>
      </QueryClientProvider>
    </StrictMode>,
  );

// Not by an await of the module itself: nothing could share a file with it then, and the page would come in twice as many.
void fetchI18n('console', {
  'zh-CN': () => import('./i18n/console.zh.ts'),
  'en-US': () => import('./i18n/console.en.ts'),
}).then(render);
