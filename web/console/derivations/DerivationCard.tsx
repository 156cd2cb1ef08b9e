import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { useDerivation } from './derivations.ts';
import { Lineage } from './Lineage.tsx';
import { RuleRows } from './RuleRows.tsx';
import { RunLine } from './RunLine.tsx';
import { StateSign } from './StateSign.tsx';

/**
 * On the page of a tag: the rule that makes it, what it is made of, its last run; nothing where no rule does. Its rows are the tag's own meaning, which
 * stands above; they are read out here where somebody wrote another.
 */
export const DerivationCard = ({ tag }: { tag: string }) => {
  const { t } = useTranslation();
  const derivation = useDerivation(tag);
  if (derivation.data === null) return null;
  return (
    <Card
      title={t('derivation.card')}
      extra={
        <Link to="/derivations/$tag" params={{ tag }}>
          {t('derivation.open')}
        </Link>
      }
    >
      {derivation.isPending && <Loading lines={4} />}
      {derivation.error && !derivation.data && <Refused error={derivation.error} onAgain={() => void derivation.refetch()} />}
      {derivation.data?.published && (
        <>
          <p className="c-tags-signs">
            <StateSign row={derivation.data} />
            <span className="c-soft">{t('derivation.version', { version: derivation.data.published.version })}</span>
            <RunLine run={derivation.data.lastRun} />
          </p>
          {derivation.data.published.definition.meaning.zh !== '' && <RuleRows says={derivation.data.published.says} />}
          <Lineage of={derivation.data} />
        </>
      )}
    </Card>
  );
};
