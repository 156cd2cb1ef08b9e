import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Conflict, Conflicts } from '#tracking/contract';
import { get, post } from '../../kit/api.ts';
import { Empty, Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { exact } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { Field } from '../parts/Field.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import { differences } from './difference.ts';
import { SourceChoice } from './SourceChoice.tsx';

type Clash = z.infer<typeof Conflict>;
type Answer = z.infer<typeof Conflicts>;

/** Two different events under one identity: the first stands until a person decides. */
export const ConflictList = () => {
  const { t } = useTranslation();
  const [address, change] = useAddress();
  const all = address.settled === 'true';
  const clashes = useInfiniteQuery({
    queryKey: ['conflicts', address.source],
    queryFn: ({ signal, pageParam }) => get<Answer>('/api/events/conflicts', { source: address.source, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  if (clashes.isPending) return <Loading lines={8} />;
  if (clashes.error) return <Refused error={clashes.error} onAgain={() => void clashes.refetch()} />;
  const items = clashes.data.pages.flatMap((page) => page.items).filter((clash) => all || clash.settled === null);
  return (
    <>
      <div className="c-form-row">
        <SourceChoice />
        <Field label={t('repair.showSettled')}>
          {(id) => (
            <Switch id={id} size="small" checked={all} onChange={(on) => change({ settled: on ? 'true' : undefined }, { replace: true })} />
          )}
        </Field>
      </div>
      {items.length === 0 && (
        <Empty icon="check" title={t('repair.noConflicts')}>
          <p>{t('repair.noConflictsNext')}</p>
        </Empty>
      )}
      {items.map((clash) => (
        <ConflictCard key={clash.ref} clash={clash} onDone={() => void clashes.refetch()} />
      ))}
      {clashes.hasNextPage && (
        <p className="c-more">
          <Button loading={clashes.isFetchingNextPage} onClick={() => void clashes.fetchNextPage()}>
            {t('repair.more')}
          </Button>
        </p>
      )}
    </>
  );
};

const ConflictCard = ({ clash, onDone }: { clash: Clash; onDone: () => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const { message } = App.useApp();
  const where = useWhere();
  /** A field's name and value in the reader's words; what is unknown stays as it was sent. */
  const labelOf = (path: string): string => {
    const [field, kind] = path.split('.');
    if (field === 'keys' && kind) return names.kind(kind);
    const known: Record<string, string> = {
      time: t('event.time'),
      type: t('event.type'),
      handler: t('event.handler'),
      source: t('field.source'),
    };
    return known[path] ?? path;
  };
  const readingOf = (path: string, value: string | null): string => {
    if (value === null) return '–';
    if (path === 'source') return names.system(value);
    return path === 'time' && !Number.isNaN(Date.parse(value)) ? exact(value, where) : value;
  };
  const [busy, setBusy] = useState<'kept' | 'other' | null>(null);
  const decide = async (keep: 'kept' | 'other') => {
    setBusy(keep);
    try {
      await post(`/api/events/conflicts/${encodeURIComponent(clash.ref)}`, { keep });
      void message.success(t('repair.decided'));
      onDone();
    } catch (error) {
      void message.error(trouble(error));
    } finally {
      setBusy(null);
    }
  };
  return (
    <section className="c-card c-clash" aria-label={clash.id}>
      <header className="c-card-head">
        <h2>
          {names.system(clash.source)} <span className="c-code">{clash.id}</span>
        </h2>
        <span className="c-soft">
          <Moment at={clash.at} />
        </span>
      </header>
      <Scroll label={t('repair.conflicts')}>
        <table className="c-counts c-diff">
          <thead>
            <tr>
              <th scope="col">{t('repair.field')}</th>
              <th scope="col">{t('repair.kept')}</th>
              <th scope="col">{t('repair.other')}</th>
            </tr>
          </thead>
          <tbody>
            {differences(clash.kept, clash.other).map((line) => (
              <tr key={line.path} className={line.differs ? 'c-differs' : undefined}>
                <th scope="row" title={line.path}>
                  {line.differs && <span className="g-hidden">{t('repair.differs')} </span>}
                  {labelOf(line.path)}
                </th>
                <td>{readingOf(line.path, line.kept)}</td>
                <td>{readingOf(line.path, line.other)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {clash.settled ? (
        <p className="c-soft">{t(clash.settled === 'other' ? 'repair.settledOther' : 'repair.settledKept')}</p>
      ) : (
        <p className="c-page-acts">
          <Button loading={busy === 'kept'} onClick={() => void decide('kept')}>
            {t('repair.keepKept')}
          </Button>
          <Button loading={busy === 'other'} onClick={() => void decide('other')}>
            {t('repair.keepOther')}
          </Button>
        </p>
      )}
    </section>
  );
};
