import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { Icon } from '../kit/icons.tsx';
import { linkOf } from './ask.ts';
import { copy } from './copy.ts';
import { moodOf, presentStage } from './reading.ts';

/** Shares title and stage; the private link only where the visitor himself came by one, with a word on what that means. */
export const Share = ({ order, ticket }: { order: TrackedOrder; ticket: string | null }) => {
  const { t } = useTranslation();
  const [said, say] = useState('');
  const share = async () => {
    const stage = moodOf(order) === 'cancelled' ? t('order.cancelled') : (presentStage(order)?.name ?? '');
    const text = t('share.text', { title: order.title, stage });
    const url = ticket ? linkOf(ticket, location) : `${location.origin}${location.pathname}`;
    if (typeof navigator.share === 'function') {
      const gone = await navigator.share({ title: t('title'), text, url }).then(
        () => true,
        (error: unknown) => error instanceof DOMException && error.name === 'AbortError',
      );
      if (gone) return say('');
    }
    say((await copy(`${text} ${url}`)) ? t('share.copied') : t('share.failed'));
  };
  return (
    <>
      <button type="button" className="g-button" onClick={share}>
        <Icon name="share" />
        {t('share.button')}
      </button>
      <p role="status" className="t-share-said">
        {said || t(ticket ? 'share.link' : 'share.noLink')}
      </p>
    </>
  );
};
