import { useTranslation } from 'react-i18next';
import type { Feed } from '#feed/contract';
import { StateTag } from '../../kit/StateTag.tsx';

const SIGN = { running: 'done', paused: 'waiting', failing: 'late' } as const;

/** Running, paused or failing, in words. */
export const FeedState = ({ feed }: { feed: Feed }) => {
  const { t } = useTranslation();
  return <StateTag state={SIGN[feed.state]}>{t(`feed.is.${feed.state}`)}</StateTag>;
};
