import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiFault, ApiRefusal } from './api.ts';
import { Icon, type IconName } from './icons.tsx';

/** The four faces of every page: loading, empty, refused, full (the page itself). Each says what to do next. */

const Face = ({ icon, title, children, role }: { icon: IconName; title: string; children?: ReactNode; role?: 'alert' | 'status' }) => (
  <div className="g-face" role={role}>
    <span className="g-face-sign">
      <Icon name={icon} />
    </span>
    <p className="g-face-title">{title}</p>
    {children}
  </div>
);

/** Nothing to show: `title` what is not there, `children` what to do now. */
export const Empty = ({ title, icon = 'search', children }: { title: string; icon?: IconName; children?: ReactNode }) => (
  <Face icon={icon} title={title} role="status">
    {children}
  </Face>
);

/** The sentence for an error, in the reader's language; a right that is lacking by its name where the app has one for it. */
export const useTrouble = (): ((error: unknown) => string) => {
  const { t, i18n } = useTranslation('kit');
  return (error) => {
    if (error instanceof ApiRefusal) {
      const right = `console:right.${String(error.details.right).replace(':', '.')}`;
      return error.code === 'auth.forbidden' && i18n.exists(right) ? t('lacks', { right: i18n.t(right) }) : error.message;
    }
    return t(`fault.${error instanceof ApiFault ? error.kind : 'strange'}`);
  };
};

/** The server said no, or did not answer: the reason, and a way to go on. */
export const Refused = ({ error, onAgain, children }: { error: unknown; onAgain?: () => void; children?: ReactNode }) => {
  const { t } = useTranslation('kit');
  const trouble = useTrouble();
  const offline = error instanceof ApiFault && error.kind === 'offline';
  const isForbidden = error instanceof ApiRefusal && error.status === 403;
  return (
    <Face icon={offline ? 'offline' : 'alert'} title={trouble(error)} role="alert">
      {children}
      {isForbidden && <p>{t('forbidden')}</p>}
      {onAgain && !isForbidden && (
        <button type="button" className="g-button" onClick={onAgain}>
          {t('again')}
        </button>
      )}
    </Face>
  );
};

/** Grey lines where the answer will stand; said once to screen readers. */
export const Loading = ({ lines = 4 }: { lines?: number }) => {
  const { t } = useTranslation('kit');
  return (
    <div className="g-loading" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <span key={i} className="g-loading-line" />
      ))}
    </div>
  );
};
