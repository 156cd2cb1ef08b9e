import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Household } from './households.ts';
import { ServiceFacts } from './ServiceFacts.tsx';
import { ServiceSign } from './ServiceSign.tsx';
import { type Line, sketchOf, tiedTo } from './sketch.ts';
import { useHouseholdWords } from './useHouseholdWords.ts';

/** From box to box, and to the middle of one, in pixels: `grid-auto-rows` and `gap` of `.c-house ul`. */
const STEP = 72;
const MIDDLE = 32;

/** Three columns, and lines between them. What is chosen lights up with all it is tied to, and a service says more below. */
export const HouseholdPicture = ({ household, customer }: { household: Household; customer: string }) => {
  const { t } = useTranslation();
  const words = useHouseholdWords(household);
  const sketch = useMemo(() => sketchOf(household, customer), [household, customer]);
  const [chosen, setChosen] = useState<string | null>(null);
  const lit = useMemo(() => (chosen === null ? null : tiedTo(household, chosen)), [household, chosen]);
  const rows = Math.max(sketch.parties.length, sketch.services.length, sketch.accounts.length);
  const service = household.services.find((s) => s.id === chosen);
  const node = (id: string, children: ReactNode) => (
    <li key={id}>
      <button
        type="button"
        className={`c-house-node${lit === null || lit.has(id) ? '' : ' c-house-dim'}`}
        aria-pressed={chosen === id}
        onClick={() => setChosen(chosen === id ? null : id)}
      >
        {children}
      </button>
    </li>
  );
  return (
    <>
      <div className="c-house">
        <section aria-label={t('household.party')}>
          <h3 className="c-subhead">{t('household.party')}</h3>
          <ul>
            {sketch.parties.map((p) =>
              node(
                p.id,
                <>
                  <strong>{words.party(p.id)}</strong>
                  <span>{words.partyMore(p)}</span>
                </>,
              ),
            )}
          </ul>
        </section>
        <Lines lines={sketch.owned} rows={rows} lit={lit} />
        <section aria-label={t('household.service')}>
          <h3 className="c-subhead">{t('household.service')}</h3>
          <ul>
            {sketch.services.map((s) =>
              node(
                s.id,
                <>
                  <strong>
                    <ServiceSign service={s} /> {s.number}
                  </strong>
                  <span>{[s.plan, words.roleOf(s.id)].filter(Boolean).join(' · ')}</span>
                </>,
              ),
            )}
          </ul>
        </section>
        <Lines lines={sketch.charged} rows={rows} lit={lit} />
        <section aria-label={t('household.account')}>
          <h3 className="c-subhead">{t('household.account')}</h3>
          <ul>
            {sketch.accounts.map((a) =>
              node(
                a.id,
                <>
                  <strong>{words.payersOf(a.id)}</strong>
                  <span>
                    {t(`household.mode.${a.mode}`)} · {t(`household.accountState.${a.state}`)}
                  </span>
                </>,
              ),
            )}
          </ul>
        </section>
      </div>
      {service ? (
        <ServiceFacts household={household} service={service} customer={customer} />
      ) : (
        <p className="c-soft c-small">{t('household.choose')}</p>
      )}
    </>
  );
};

/** Lines from the places of one column to those of the next. */
const Lines = ({ lines, rows, lit }: { lines: readonly Line[]; rows: number; lit: ReadonlySet<string> | null }) => {
  const at = (place: number) => place * STEP + MIDDLE;
  return (
    <svg className="c-house-lines" viewBox={`0 0 100 ${rows * STEP}`} height={rows * STEP} preserveAspectRatio="none" aria-hidden="true">
      {lines.map((l) => (
        <path
          key={l.ends.join(' ')}
          className={`c-house-${l.kind}${lit === null || l.ends.every((end) => lit.has(end)) ? '' : ' c-house-dim'}`}
          d={`M0 ${at(l.from)} C50 ${at(l.from)} 50 ${at(l.to)} 100 ${at(l.to)}`}
        />
      ))}
    </svg>
  );
};
