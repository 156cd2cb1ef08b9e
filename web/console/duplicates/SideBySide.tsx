import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { dateIn } from '../filter.ts';
import { useSourceName } from '../tags/useSourceName.ts';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { useCalledBeside } from './DuplicateSigns.tsx';
import type { Detail, Side } from './duplicates.ts';

/** Both of a pair in two columns, masked. Whether two values agree was compared in full, so that two which look alike are told apart. */
export const SideBySide = ({ one }: { one: Detail }) => {
  const { t } = useTranslation();
  const { lang, zone } = useWhere();
  const names = useNames();
  const sourceOf = useSourceName();
  const called = useCalledBeside(one);
  const day = (at: string) => <time dateTime={at}>{dateWords(dateIn(Date.parse(at), zone), lang)}</time>;
  const row = (key: string, title: string, cell: (side: Side) => ReactNode, same: boolean | null = null) => (
    <tr key={key} className={same === false ? 'c-dup-differs' : undefined}>
      <th scope="row">
        {title}
        {same !== null && (
          <span className={same ? 'c-dup-same' : 'c-dup-other'}>
            <Icon name={same ? 'check' : 'cross'} />
            {t(same ? 'duplicate.same' : 'duplicate.differs')}
          </span>
        )}
      </th>
      <td>{cell(one.a)}</td>
      <td>{cell(one.b)}</td>
    </tr>
  );
  const head = (side: Side) => (
    <th scope="col">
      {one.kind === 'counted' ? (
        <Link to="/customers/$id" params={{ id: side.id }}>
          {called(side)}
        </Link>
      ) : (
        called(side)
      )}
      {one.survivor === side.id && <span className="c-soft c-small"> {t('duplicate.stays')}</span>}
    </th>
  );
  return (
    <div className="c-dup-sides">
      <table className="c-dup-table">
        <thead>
          <tr>
            <td />
            {head(one.a)}
            {head(one.b)}
          </tr>
        </thead>
        <tbody>
          {one.fields.map(({ kind, same }) =>
            row(kind, t(`customer.field.${kind}`), (s) => s.person[kind] ?? <span className="c-soft">{t('duplicate.unknown')}</span>, same),
          )}
          {row('source', t('field.source'), (s) => sourceOf(s.source))}
          {row('area', t('field.area'), (s) => (s.area ? names.area(s.area) : t('customer.noArea')))}
          {row('since', t('duplicate.since'), (s) => day(s.since))}
          {one.kind === 'party' && row('services', t('duplicate.services'), (s) => integer(s.services))}
          {one.kind === 'party' &&
            row('oldest', t('duplicate.oldest'), (s) =>
              s.oldestService ? day(s.oldestService) : <span className="c-soft">{t('duplicate.none')}</span>,
            )}
          {one.kind === 'party' && row('accounts', t('duplicate.accounts'), (s) => integer(s.accounts))}
        </tbody>
      </table>
    </div>
  );
};
