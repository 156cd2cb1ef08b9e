import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Drawer, Watermark } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '#org/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useMode } from '../../kit/hooks.ts';
import { colours, type } from '../../kit/tokens.ts';
import { JourneyDrawer } from '../journey/JourneyDrawer.tsx';
import { may, useMe } from '../session.ts';
import { wordsOptions } from '../words.ts';
import { ClosedPage } from './ClosedPage.tsx';
import { ConsoleHeader } from './ConsoleHeader.tsx';
import { pageAt } from './menu.ts';
import { SideMenu } from './SideMenu.tsx';
import { SignInPage } from './SignInPage.tsx';

/** Everything around the pages: who is not signed in sees the sign-in, at the address he asked for. */
export const ConsoleLayout = () => {
  const me = useMe();
  if (me.isPending) {
    return (
      <div className="c-alone">
        <Loading lines={3} />
      </div>
    );
  }
  if (me.error) {
    return (
      <div className="c-alone">
        <Refused error={me.error} onAgain={() => void me.refetch()} />
      </div>
    );
  }
  return me.data ? <Shell me={me.data} /> : <SignInPage />;
};

const Shell = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const mode = useMode();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const [menuOpen, setMenuOpen] = useState(false);
  const words = useQuery(wordsOptions);
  const page = pageAt(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the phone's menu
  useEffect(() => setMenuOpen(false), [path]);
  if (words.isPending) {
    return (
      <div className="c-alone">
        <Loading lines={3} />
      </div>
    );
  }
  return (
    <>
      <a className="c-skip" href="#main">
        {t('shell.skip')}
      </a>
      <div className="c-shell">
        <ConsoleHeader me={me} onMenu={() => setMenuOpen(true)} />
        <nav className="c-side" aria-label={t('shell.menu')}>
          <SideMenu me={me} />
        </nav>
        <Drawer open={menuOpen} onClose={() => setMenuOpen(false)} placement="left" title={t('shell.menu')} size={280} destroyOnHidden>
          <SideMenu me={me} />
        </Drawer>
        <main id="main" className="c-main" tabIndex={-1}>
          <Watermark
            content={[me.name, me.login]}
            gap={[160, 140]}
            zIndex={1}
            font={{ color: `color-mix(in srgb, ${colours(mode)['ink-faint']} 9%, transparent)`, fontSize: type.s }}
          >
            {page && !may(me, page.right) ? (
              <ClosedPage name={t(`menu.${page.name}`)} />
            ) : (
              <Suspense fallback={<Loading lines={6} />}>
                <Outlet />
              </Suspense>
            )}
          </Watermark>
        </main>
      </div>
      <JourneyDrawer />
    </>
  );
};
