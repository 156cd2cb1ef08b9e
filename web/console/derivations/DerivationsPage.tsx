import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DerivationRow } from '#derivation/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { KindSign } from '../tags/TagSigns.tsx';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { NEW, useDerivations } from './derivations.ts';
import { RunLine } from './RunLine.tsx';
import { StateSign } from './StateSign.tsx';

/** Every tag made by rule, with those that still wait for what they are made of. */
export const DerivationsPage = () => {
  const { t } = useTranslation();
  const names = useNames();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const all = useDerivations();
  return (
    <>
      <p className="c-tags-back">
        <Link to="/tags">{t('tag.all')}</Link>
      </p>
      <PageHead title={t('derivation.title')} at={all.data?.at}>
        <RightButton
          right="derivation:manage"
          type="primary"
          onClick={() => void navigate({ to: '/derivations/$tag', params: { tag: NEW } })}
        >
          {t('derivation.add')}
        </RightButton>
      </PageHead>
      <p className="c-note">{t('derivation.what')}</p>
      {all.isPending && <Loading lines={8} />}
      {all.error && !all.data && <Refused error={all.error} onAgain={() => void all.refetch()} />}
      {all.data?.items.length === 0 && (
        <Empty title={t('derivation.none')}>
          <p>{t('derivation.noneNext')}</p>
        </Empty>
      )}
      {all.data && all.data.items.length > 0 && narrow && <Cards rows={all.data.items} />}
      {all.data && all.data.items.length > 0 && !narrow && (
        <Scroll className="c-card" label={t('derivation.title')}>
          <table className="c-counts">
            <thead>
              <tr>
                <th scope="col">{t('tag.one')}</th>
                <th scope="col">{t('column.state')}</th>
                <th scope="col">{t('tag.field.kind')}</th>
                <th scope="col">{t('derivation.versionWord')}</th>
                <th scope="col">{t('derivation.lastRun')}</th>
              </tr>
            </thead>
            <tbody>
              {all.data.items.map((row) => (
                <tr key={row.tag}>
                  <th scope="row">
                    <Link to="/derivations/$tag" params={{ tag: row.tag }}>
                      {names.of(row.names)}
                    </Link>
                    <span className="c-block c-code c-soft c-small">{row.tag}</span>
                  </th>
                  <td>
                    <StateSign row={row} />
                  </td>
                  <td>
                    <KindSign kind={row.kind} />
                  </td>
                  <td>
                    {row.version ?? '—'}
                    {row.standard && <span className="c-soft"> {t('derivation.standard')}</span>}
                    {row.hasDraft && <span className="c-soft c-block">{t('derivation.hasDraft')}</span>}
                  </td>
                  <td>
                    <RunLine run={row.lastRun} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
};

/** The same on a phone. */
const Cards = ({ rows }: { rows: readonly DerivationRow[] }) => {
  const names = useNames();
  return (
    <ul className="c-cards">
      {rows.map((row) => (
        <li key={row.tag} className="c-order-card">
          <div className="c-order-card-head">
            <span>
              <Link to="/derivations/$tag" params={{ tag: row.tag }}>
                {names.of(row.names)}
              </Link>
              <span className="c-block c-code c-soft c-small">{row.tag}</span>
            </span>
            <span>
              <StateSign row={row} />
            </span>
          </div>
          <p className="c-order-card-foot">
            <KindSign kind={row.kind} />
            <RunLine run={row.lastRun} />
          </p>
        </li>
      ))}
    </ul>
  );
};
