import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Fact } from '#rule/contract';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';

/** What a condition may speak of: each fact's name as it is written, what it is, its unit. */
export const FactTable = ({ facts }: { facts: readonly z.infer<typeof Fact>[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <details className="c-cust-unknown">
      <summary>{t('rule.facts', { count: facts.length })}</summary>
      <Scroll label={t('rule.facts', { count: facts.length })} className="c-ret-facts">
        <table className="c-counts">
          <thead>
            <tr>
              <th scope="col">{t('rule.written')}</th>
              <th scope="col">{t('retention.fact')}</th>
              <th scope="col">{t('rule.unitOf')}</th>
            </tr>
          </thead>
          <tbody>
            {facts.map((fact) => (
              <tr key={fact.name}>
                <th scope="row" className="c-code">
                  {fact.name}
                </th>
                <td>{names.of(fact.names)}</td>
                <td>{t(`rule.factUnit.${fact.unit}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
};
