import { useTranslation } from 'react-i18next';
import type { Changed } from '#audience/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Explained } from '../parts/Explained.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { useChange } from './audiences.ts';
import { Change } from './Change.tsx';
import { useTagsNamed } from './tags.ts';

/** Who came into a saved audience and who went out since its members were noted, and which condition did it. */
export const ChangeView = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const change = useChange(id);
  if (change.isPending) return <Loading lines={6} />;
  if (!change.data) return <Refused error={change.error} onAgain={() => void change.refetch()} />;
  const { since, before, now, people, gone, edited } = change.data;
  if (since === null || before === null)
    return (
      <Empty title={t('audienceChange.notYet')} icon="calendar">
        <p>{t('audienceChange.notYetNext')}</p>
      </Empty>
    );
  const figures: [string, number][] = [
    ['before', before],
    ['now', now],
  ];
  return (
    <>
      <p>
        {t('audienceChange.from')} <Moment at={since.at} /> <Explained name={t('audienceChange.title')} text={t('audienceChange.what')} />
      </p>
      <dl className="c-sums c-aud-changed">
        {figures.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`audienceChange.${name as 'before' | 'now'}`)}</dt>
            <dd>{integer(count)}</dd>
          </div>
        ))}
        {people && (
          <>
            <div>
              <dt>{t('audienceChange.joined')}</dt>
              <dd>
                <Change by={people.joined} />
              </dd>
            </div>
            <div>
              <dt>{t('audienceChange.left')}</dt>
              <dd>
                <Change by={-people.left - gone} />
              </dd>
            </div>
          </>
        )}
      </dl>
      {people === null && <p className="c-note">{t('audienceChange.tooMany')}</p>}
      {people?.joined === 0 && people.left === 0 && gone === 0 && <p className="c-soft">{t('audienceChange.same')}</p>}
      {gone > 0 && <p className="c-soft">{t('audienceChange.gone', { count: integer(gone) as never })}</p>}
      {edited && (
        <p className="c-note">
          {t('audienceChange.edited', {
            from: edited.from,
            to: edited.to,
            joined: integer(edited.joined),
            left: integer(edited.left),
          })}
        </p>
      )}
      <LineTable lines={change.data.lines} since={since} />
    </>
  );
};

type Line = Changed['lines'][number];

const LineTable = ({ lines, since }: { lines: readonly Line[]; since: NonNullable<Changed['since']> }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const tags = useTagsNamed([...new Set(lines.flatMap(({ causes }) => causes.flatMap(namesIn)))]);
  const nameOf = (name: string) => names.of(tags.find((tag) => tag.name === name)?.names) || name;
  const causeOf = (cause: Line['causes'][number]): string => {
    if (cause.kind === 'calendar') return t('audienceChange.calendar');
    if (cause.kind === 'late') return t('audienceChange.late', { tag: nameOf(cause.tag), day: dateWords(cause.since, lang) });
    return t('audienceChange.moved', {
      tags: namesIn(cause).map(nameOf).join(t('audienceChange.and')),
      count: cause.batches.length,
    });
  };
  return (
    <Scroll label={t('audienceChange.lines')}>
      <table className="c-counts">
        <caption className="g-hidden">
          {t('audienceChange.lines')} {t('audienceChange.since', { at: since.day, version: since.version })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('audienceChange.lineAndCause')}</th>
            <th scope="col" className="c-num">
              {t('audienceChange.leftAfter')}
            </th>
            <th scope="col" className="c-num">
              {t('audienceChange.leftBy')}
            </th>
            <th scope="col" className="c-num">
              {t('audienceChange.joinedBy')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.path}>
              <th scope="row">
                {line.sentence}
                <span className="c-block c-soft c-small">
                  {line.causes.length === 0 ? t('audienceChange.none') : line.causes.map(causeOf).join(t('audience.semicolon'))}
                </span>
              </th>
              <td className="c-num">
                {line.before !== null && line.before !== line.now && <span className="c-soft">{integer(line.before)} → </span>}
                {integer(line.now)}
              </td>
              <td className="c-num">{line.left === 0 ? '0' : <Change by={-line.left} />}</td>
              <td className="c-num">
                {line.joined === null ? (
                  <span className="c-soft" title={t('audienceChange.notToldWhat')}>
                    {t('audienceChange.notTold')}
                  </span>
                ) : (
                  <Change by={line.joined} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

const namesIn = (cause: Line['causes'][number]): string[] => {
  if (cause.kind === 'late') return [cause.tag];
  return cause.kind === 'moved' ? [...new Set(cause.batches.flatMap(({ tags }) => tags))] : [];
};
