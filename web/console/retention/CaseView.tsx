import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CustomerCard } from '#customer/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { CustomerPerson } from '../customers/CustomerPerson.tsx';
import { OwnSign } from '../customers/OwnSign.tsx';
import { Card } from '../parts/Card.tsx';
import { may, useMe } from '../session.ts';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { CaseActs } from './CaseActs.tsx';
import { CaseState, Urgency } from './CaseSigns.tsx';
import { type Detail, useCase } from './cases.ts';
import { EvidenceCard } from './EvidenceCard.tsx';

/** One case: what speaks for it, who it is about, what was done and what came of it. */
export const CaseView = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const one = useCase(id);
  if (one.isPending) return <Loading lines={10} />;
  if (!one.data) return <Refused error={one.error} onAgain={() => void one.refetch()} />;
  const detail = one.data;
  return (
    <article>
      <p className="c-tags-signs">
        <Urgency priority={detail.priority} />
        <CaseState one={detail} />
        {detail.closedAt && (
          <span className="c-soft">
            <Moment at={detail.closedAt} /> {detail.closedBy === 'glasshouse' ? t('retention.closedByItself') : detail.closedBy}
          </span>
        )}
      </p>
      <CaseActs detail={detail} />
      <section aria-label={t('retention.evidence')}>
        {byUrgency(detail).map((hit) => (
          <EvidenceCard key={`${hit.rule} ${hit.version}`} hit={hit} />
        ))}
      </section>
      <CustomerGlance detail={detail} />
      <Card title={t('retention.notes')}>
        {detail.notes.length === 0 && <p className="c-soft">{t('retention.noNotes')}</p>}
        <ul className="c-list">
          {detail.notes.map((note) => (
            <li key={`${note.at} ${note.by}`}>
              <p className="c-tags-meaning">{note.text}</p>
              <p className="c-soft">
                {note.by} · <Moment at={note.at} />
              </p>
            </li>
          ))}
        </ul>
      </Card>
      {detail.earlier.length > 0 && <Earlier detail={detail} />}
    </article>
  );
};

/** In the order of the case's rules, which is that of urgency; an older version after the present one. */
const byUrgency = ({ hits, rules }: Detail): Detail['hits'] => {
  const place = (rule: string) => rules.findIndex(({ id }) => id === rule);
  return [...hits].sort((a, b) => place(a.rule) - place(b.rule) || b.version - a.version);
};

/** The card comes as the caller may see it; its form is the customer module's. */
const cardIn = (card: Detail['card']): CustomerCard | null =>
  card !== null && typeof card.person === 'object' && Array.isArray(card.tags) ? (card as CustomerCard) : null;

const CustomerGlance = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const names = useNames();
  const me = useMe().data;
  const card = cardIn(detail.card);
  const { id, area } = detail.customer;
  return (
    <Card
      title={t('customer.person')}
      extra={
        id !== null &&
        may(me, 'customer:see') && (
          <Link to="/customers/$id" params={{ id }}>
            {t('retention.toCustomer')}
          </Link>
        )
      }
    >
      {card ? (
        <>
          <p className="c-tags-signs">
            <OwnSign customer={card} />
            <span>{area ? names.area(area) : t('customer.noArea')}</span>
          </p>
          <CustomerPerson customer={card} />
        </>
      ) : (
        <p className="c-soft">{t('retention.noCard')}</p>
      )}
    </Card>
  );
};

const Earlier = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  return (
    <Card title={t('retention.earlier')}>
      <ul className="c-list">
        {detail.earlier.map((one) => (
          <li key={one.id}>
            <p>
              {dateWords(one.openedOn, lang)} · {names.of(one.outcome?.names, t('retention.state.open'))}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
};
