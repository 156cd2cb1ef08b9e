import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { useNames } from '../words.ts';
import { DuplicateActs } from './DuplicateActs.tsx';
import { Grade, signed, useCalled } from './DuplicateSigns.tsx';
import { type Detail, usePair } from './duplicates.ts';
import { SideBySide } from './SideBySide.tsx';

/** One pair: both side by side, what speaks for it, what merging does, what was decided. */
export const DuplicateView = ({ id, onOpen }: { id: string; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const pair = usePair(id);
  if (pair.isPending) return <Loading lines={10} />;
  if (!pair.data) return <Refused error={pair.error} onAgain={() => void pair.refetch()} />;
  const one = pair.data;
  return (
    <article>
      <p className="c-tags-signs">
        <Grade grade={one.grade} />
        <span>{t(`duplicate.kind.${one.kind}`)}</span>
        <span>{t(`duplicate.state.${one.state}`)}</span>
      </p>
      <DuplicateActs one={one} />
      <Would one={one} onOpen={onOpen} />
      <Card title={t('duplicate.sides')}>
        <SideBySide one={one} />
      </Card>
      <Evidence one={one} />
      {one.history.length > 0 && <History one={one} />}
    </article>
  );
};

/** What merging does, or did. */
const Would = ({ one, onOpen }: { one: Detail; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const called = useCalled();
  const { would } = one;
  if (would === null) return null;
  const stays = would.survivor === one.a.id ? one.a : one.b;
  const goes = would.survivor === one.a.id ? one.b : one.a;
  const said = { stays: called(stays), goes: called(goes), services: would.services, accounts: would.accounts };
  const when = one.state === 'merged' ? 'did' : 'would';
  return (
    <section className="c-dup-would" aria-label={t('duplicate.effect')}>
      <p>{t(would.fewer > 0 ? `duplicate.${when}Count` : `duplicate.${when}`, said)}</p>
      {would.rule && <p className="c-soft c-small">{t('duplicate.byRule', { name: called(stays), rule: names.of(would.rule.names) })}</p>}
      {one.builtOn.length > 0 && (
        <p>
          {t('duplicate.builtOn', { count: one.builtOn.length })}
          {one.builtOn.map((id) => (
            <button key={id} type="button" className="c-link c-dup-later" onClick={() => onOpen(id)}>
              {t('duplicate.number', { number: id })}
            </button>
          ))}
        </p>
      )}
    </section>
  );
};

const Evidence = ({ one }: { one: Detail }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <Card title={t('duplicate.why')}>
      <table className="c-dup-table">
        <tbody>
          {one.evidence.map(({ id, names: words, meaning, weight }) => (
            <tr key={id}>
              <th scope="row">{names.of(words)}</th>
              <td className="c-soft">{names.of(meaning)}</td>
              <td className={`c-number c-dup-weight${weight < 0 ? ' c-dup-against' : ''}`}>{signed(weight)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('duplicate.sum')}</th>
            <td className="c-soft">{t(`duplicate.grade.${one.grade}`)}</td>
            <td className="c-number c-dup-weight">{signed(one.weight)}</td>
          </tr>
        </tfoot>
      </table>
    </Card>
  );
};

const History = ({ one }: { one: Detail }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <Card title={t('duplicate.history')}>
      <ul className="c-list">
        {one.history.map((h) => (
          <li key={`${h.at} ${h.act}`}>
            <p>
              <strong>{t(`duplicate.said.${h.act}`)}</strong>
              {h.reason && ` · ${h.reason}`}
            </p>
            <p className="c-soft c-small">
              {h.act !== 'grown' && `${h.by} · `}
              <Moment at={h.at} />
              {h.rule && ` · ${names.of(h.rule)}`}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
};
