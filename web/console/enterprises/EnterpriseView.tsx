import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { Card } from '../parts/Card.tsx';
import { DataTime } from '../parts/DataTime.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { ContactPanel } from './ContactPanel.tsx';
import { LevelWords, PlaceTag, VisitWords } from './EnterpriseSigns.tsx';
import { type Detail, useEnterprise } from './enterprises.ts';
import { MoveList } from './MoveList.tsx';
import { NumbersCard } from './NumbersCard.tsx';
import { OfferCard } from './OfferCard.tsx';
import { VisitList } from './VisitList.tsx';
import { WhyCard } from './WhyCard.tsx';
import { moneyFigure } from './words.ts';

/** One enterprise: where it stands and why, what to offer, what was done. `hasTitle`: its name stands above already. */
export const EnterpriseView = ({ id, hasTitle = false }: { id: string; hasTitle?: boolean }) => {
  const { t } = useTranslation();
  const one = useEnterprise(id);
  if (one.isPending) return <Loading lines={10} />;
  if (!one.data) return <Refused error={one.error} onAgain={() => void one.refetch()} />;
  const detail = one.data;
  return (
    <article className="c-ent-view">
      {!hasTitle && (
        <header>
          <h2 className="c-ent-title">{detail.name}</h2>
          <DataTime at={detail.at} />
        </header>
      )}
      <p className="c-tags-signs">
        <PlaceTag place={detail.place} />
        <LevelWords levels={detail.levels} />
        <span className="c-acts">
          {detail.plannedOn === null && detail.dueOn !== null && <span className="c-soft">{t('enterprise.due')}</span>}
          <VisitWords row={detail} />
        </span>
      </p>
      <OfferCard detail={detail} />
      <WhyCard detail={detail} />
      <div className="c-halves">
        <Facts detail={detail} />
        <div>
          <ContactPanel detail={detail} />
          <NumbersCard detail={detail} />
        </div>
      </div>
      <VisitList detail={detail} />
      <MoveList detail={detail} />
    </article>
  );
};

const Facts = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const facts: [string, string][] = [
    [t('field.area'), detail.area ? names.area(detail.area) : t('enterprise.noArea')],
    [t('enterprise.industry'), detail.industry ?? '–'],
    [t('enterprise.manager'), detail.manager ?? '–'],
    [t('enterprise.size'), t(`enterprise.sizes.${detail.size ?? 'unknown'}`)],
    [t('enterprise.revenue'), detail.revenue === null ? t('enterprise.revenueUnknown') : moneyFigure(detail.revenue, lang)],
    [t('enterprise.since'), dateWords(detail.since, lang)],
    [t('enterprise.seen'), detail.seenOn ? dateWords(detail.seenOn, lang) : t('enterprise.never')],
  ];
  return (
    <Card title={t('journey.facts')}>
      <dl className="c-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};
