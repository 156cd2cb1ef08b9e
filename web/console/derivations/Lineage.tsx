import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNames } from '../words.ts';
import type { Derivation } from './derivations.ts';

/** The tags that it is made of, and those that are made of it. */
export const Lineage = ({ of }: { of: Pick<Derivation, 'inputs' | 'madeOfIt'> }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <dl className="c-facts">
      <div>
        <dt>{t('derivation.madeOf')}</dt>
        <dd>
          <ul className="c-der-tags">
            {of.inputs.map((input) => (
              <li key={input.name}>
                {input.missing ? (
                  <span>{names.of(input.names)}</span>
                ) : (
                  <Link to="/tags/$name" params={{ name: input.name }}>
                    {names.of(input.names)}
                  </Link>
                )}
                {input.byRule && <span className="c-soft"> {t('derivation.byRule')}</span>}
                {input.missing && <span className="c-faint"> {t('derivation.notThere')}</span>}
              </li>
            ))}
          </ul>
        </dd>
      </div>
      {of.madeOfIt.length > 0 && (
        <div>
          <dt>{t('derivation.madeOfIt')}</dt>
          <dd>
            <ul className="c-der-tags">
              {of.madeOfIt.map((tag) => (
                <li key={tag.name}>
                  <Link to="/derivations/$tag" params={{ tag: tag.name }}>
                    {names.of(tag.names)}
                  </Link>
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
    </dl>
  );
};
