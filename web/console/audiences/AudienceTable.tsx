import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Audience } from '#audience/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { WhenSeen } from '../parts/WhenSeen.tsx';
import { dateWords } from '../tags/values.ts';
import { restore, useAct, useDays } from './audiences.ts';
import { Change } from './Change.tsx';
import { useArchive } from './useArchive.tsx';

/** Saved audiences with the sentence that defines each, its people this morning and since yesterday; on a phone each is a card. */
export const AudienceTable = ({ items }: { items: readonly Audience[] }) => {
  const { t } = useTranslation();
  return (
    <Scroll label={t('audience.title')} className="c-card">
      <table className="c-counts c-aud-list">
        <caption className="g-hidden">{t('audience.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('audience.name')}</th>
            <th scope="col" className="c-num">
              {t('audience.count')}
            </th>
            <th scope="col" className="c-num">
              {t('audience.sinceYesterday')}
            </th>
            <th scope="col">{t('audience.owner')}</th>
            <th scope="col">{t('audience.state')}</th>
            <th scope="col">{t('audience.changed')}</th>
            <th scope="col">
              <span className="g-hidden">{t('audience.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <AudienceRow key={one.id} audience={one} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

const AudienceRow = ({ audience }: { audience: Audience }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { lang } = useWhere();
  const trouble = useTrouble();
  const archive = useArchive(() => {});
  const back = useAct(restore);
  const act = audience.actions.find(({ name }) => name === (audience.archivedAt ? 'restore' : 'archive'));
  return (
    <tr>
      <th scope="row">
        <Link to="/audiences/$id" params={{ id: audience.id }}>
          <strong>{audience.name}</strong>
        </Link>
        <span className="c-block c-soft c-aud-said">{audience.sentence ?? audience.problem?.message}</span>
      </th>
      <td className="c-num" data-label={t('audience.count')}>
        {audience.counted ? (
          <>
            {integer(audience.counted.count)}
            <span className="c-block c-soft c-small">{dateWords(audience.counted.day, lang)}</span>
          </>
        ) : (
          <span className="c-soft c-small">{t('audience.notCounted')}</span>
        )}
      </td>
      <td className="c-num" data-label={t('audience.sinceYesterday')}>
        {audience.counted ? (
          <WhenSeen className="c-aud-seen">
            <SinceYesterday id={audience.id} />
          </WhenSeen>
        ) : (
          <Change by={null} />
        )}
      </td>
      <td data-label={t('audience.owner')}>{audience.owner.name}</td>
      <td data-label={t('audience.state')}>
        {audience.problem ? (
          <StateTag state="late">{t('audience.unsound')}</StateTag>
        ) : (
          <StateTag state={audience.archivedAt ? 'skipped' : 'open'}>
            {audience.archivedAt ? t('audience.archived') : t(`audience.shareWith.${audience.share}`)}
          </StateTag>
        )}
      </td>
      <td data-label={t('audience.changed')}>
        <TimeAgo at={audience.changedAt} />
      </td>
      <td>
        {act?.allowed && (
          <Button
            size="small"
            aria-label={`${t(audience.archivedAt ? 'audience.restore' : 'audience.archive')} ${audience.name}`}
            loading={back.isPending}
            onClick={() =>
              audience.archivedAt ? back.mutate(audience.id, { onError: (error) => void message.error(trouble(error)) }) : archive(audience)
            }
          >
            {t(audience.archivedAt ? 'audience.restore' : 'audience.archive')}
          </Button>
        )}
      </td>
    </tr>
  );
};

/** Asked row by row as they come into sight: the mornings of one audience are its own. */
const SinceYesterday = ({ id }: { id: string }) => {
  const days = useDays(id).data?.items ?? [];
  const latest = days.toSorted((a, b) => a.day.localeCompare(b.day)).at(-1);
  return <Change by={latest?.change ?? null} />;
};
