import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm, Progress } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Card } from '../parts/Card.tsx';
import { lookAtMigration, migrateSome } from './drafts.ts';
import { ShiftTable } from './ShiftTable.tsx';

type Way = { done: number; all: number };

/**
 * Open journeys that still go by older versions: how many, what the newest would change for each, and the taking over, a part at a time, so
 * that it can be watched and stopped.
 */
export const MigrateCard = ({ id, version }: { id: string; version: number }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const trouble = useTrouble();
  const queries = useQueryClient();
  const [way, setWay] = useState<Way | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [isRunning, setRunning] = useState(false);
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const look = useQuery({
    queryKey: ['migration', id, version, lang],
    queryFn: ({ signal }) => lookAtMigration(id, version, signal),
    staleTime: 0,
  });
  const waiting = look.data?.waiting ?? [];
  const all = waiting.reduce((n, line) => n + line.journeys, 0);
  const run = async () => {
    stopped.current = false;
    setFailed(null);
    setRunning(true);
    let done = 0;
    setWay({ done, all });
    try {
      for (let more = true; more && !stopped.current; ) {
        const part = await migrateSome(id, version);
        done += part.migrated;
        more = part.more && part.migrated > 0;
        setWay({ done, all: Math.max(all, done) });
      }
    } catch (error) {
      setFailed(error);
    }
    await queries.invalidateQueries({ queryKey: ['migration', id] });
    setRunning(false);
  };
  const items = look.data?.items ?? [];
  const changed = items.filter((item) => item.changed);
  return (
    <Card
      title={t('editor.migrate.title', { version })}
      extra={
        isRunning ? (
          <Button
            onClick={() => {
              stopped.current = true;
            }}
          >
            {t('editor.migrate.stop')}
          </Button>
        ) : (
          all > 0 && (
            <Popconfirm
              title={t('editor.migrate.sure', { number: integer(all), version })}
              description={t('editor.migrate.what')}
              onConfirm={() => void run()}
            >
              <Button type="primary">{t('editor.migrate.run', { number: integer(all) })}</Button>
            </Popconfirm>
          )
        )
      }
    >
      {failed !== null && <Alert type="error" showIcon className="c-gap-below" title={trouble(failed)} />}
      {way && (
        <div role="status">
          <Progress
            percent={way.all === 0 ? 100 : Math.floor((way.done / way.all) * 100)}
            status={isRunning ? 'active' : 'normal'}
            aria-label={t('editor.migrate.title', { version })}
          />
          <p className="c-soft">{t('editor.migrate.done', { done: integer(way.done), all: integer(way.all) })}</p>
        </div>
      )}
      {look.isPending && <Loading lines={1} />}
      {look.error && <Refused error={look.error} onAgain={() => void look.refetch()} />}
      {look.data && all === 0 && <p className="c-edit-hint">{t('editor.migrate.none', { version })}</p>}
      {all > 0 && (
        <>
          <p className="c-edit-line">
            {waiting.map((line) => t('editor.migrate.on', { version: line.version, number: integer(line.journeys) })).join(' · ')}
          </p>
          <p className="c-edit-hint">{t('editor.migrate.looked', { looked: items.length, changed: changed.length })}</p>
          {changed.length > 0 && (
            <details>
              <summary>{t('editor.migrate.which')}</summary>
              <div className="c-edit-scroll">
                <ShiftTable items={changed} label={t('editor.migrate.which')} />
              </div>
            </details>
          )}
        </>
      )}
    </Card>
  );
};
