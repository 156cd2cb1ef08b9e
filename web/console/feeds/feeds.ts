import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Feed, FeedFile, FeedKind, FeedLook, FeedRefusal, NewFeed } from '#feed/contract';
import { del, get, post } from '../../kit/api.ts';
import { useWhere } from '../../kit/hooks.ts';
import { patch } from '../patch.ts';

export const KINDS: readonly FeedKind[] = ['folder', 'postgres', 'nats'];

/** How often the page looks again by itself, in ms: a feed's health is only worth something fresh. */
const FRESH_MS = 5_000;

const KEY = 'feeds';

export const useFeeds = () => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, lang],
    queryFn: ({ signal }) =>
      get<{ items: Feed[] }>('/api/feeds', {}, { signal }).then((answer) => ({ ...answer, at: new Date().toISOString() })),
    refetchInterval: FRESH_MS,
  });
};

export const useFiles = (feed: Feed) => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, lang, feed.id, 'files'],
    queryFn: ({ signal }) => get<{ items: FeedFile[] }>(`/api/feeds/${feed.id}/files`, { limit: 50 }, { signal }),
    refetchInterval: FRESH_MS,
    enabled: feed.kind === 'folder',
  });
};

/** Asked again when the count of refused rows has moved. */
export const useRefused = (feed: Feed) => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, lang, feed.id, 'refused', feed.rejected],
    queryFn: ({ signal }) => get<{ items: FeedRefusal[] }>(`/api/feeds/${feed.id}/refused`, { limit: 20 }, { signal }),
    enabled: feed.rejected > 0,
  });
};

/** Something done to a feed; the list shows it at once. */
export const useAct = <T, R>(act: (what: T) => Promise<R>, onDone?: (answer: R) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer: R) => {
      await queries.invalidateQueries({ queryKey: [KEY] });
      onDone?.(answer);
    },
  });
};

/** A look connects to another system: it may take its 15 s. */
const LOOK = { timeout: 30_000 };

export const addFeed = (feed: NewFeed) => post<Feed>('/api/feeds', feed);
export const lookBefore = (feed: NewFeed) => post<FeedLook>('/api/feeds/test', feed, LOOK);
export const lookAt = (id: string) => post<FeedLook>(`/api/feeds/${id}/test`, undefined, LOOK);
export const setPaused = ({ id, paused }: { id: string; paused: boolean }) => patch<Feed>(`/api/feeds/${id}`, { paused });
export const replay = ({ id, from }: { id: string; from: string }) => post<Feed>(`/api/feeds/${id}/replay`, { from });
export const removeFeed = (id: string) => del<undefined>(`/api/feeds/${id}`);

/** A map to begin with, in the words of the kind. */
export const FIRST_MAP: Record<FeedKind, string> = {
  folder: 'zone: Asia/Shanghai\nencoding: auto\ncolumns:\n  key.trade: 受理流水\n  type: 环节\n  time: 时间\n  handler: 工号\n',
  postgres: 'zone: Asia/Shanghai\ncolumns:\n  key.workOrder: wo_no\n  type: state\n  time: changed_at\n',
  nats: '# {} : the messages are events as in POST /api/events\n{}\n',
};
