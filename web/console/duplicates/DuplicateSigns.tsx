import { useTranslation } from 'react-i18next';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { shortId } from '../customers/facts.ts';
import { useSourceName } from '../tags/useSourceName.ts';
import { useNames } from '../words.ts';
import type { Detail, Pair } from './duplicates.ts';

const FACES: Record<Pair['grade'], StateName> = { certain: 'done', likely: 'dueSoon', possible: 'next' };

/** How sure it is. */
export const Grade = ({ grade }: { grade: Pair['grade'] }) => {
  const { t } = useTranslation();
  return <StateTag state={FACES[grade]}>{t(`duplicate.grade.${grade}`)}</StateTag>;
};

/** What one of a pair is called here: his masked name, else a piece of his id. */
export const useCalled = (): ((side: Pair['a']) => string) => {
  const { t } = useTranslation();
  return (side) => side.person.name ?? t(side.own === false ? 'duplicate.offNet' : 'duplicate.nameless', { id: shortId(side.id) });
};

/** The same beside the other one: masked names are often alike, so each has its letter and its source. */
export const useCalledBeside = (one: Detail): ((side: Pair['a']) => string) => {
  const { t } = useTranslation();
  const called = useCalled();
  const sourceOf = useSourceName();
  return (side) =>
    t('duplicate.beside', {
      letter: t(side.id === one.a.id ? 'duplicate.a' : 'duplicate.b'),
      name: called(side),
      source: sourceOf(side.source),
    });
};

/** `+35`, `−40`. */
export const signed = (weight: number): string => (weight < 0 ? `−${-weight}` : `+${weight}`);

/** What speaks for it, then what speaks against it. */
export const EvidenceWords = ({ one }: { one: Pair | Detail }) => {
  const names = useNames();
  return (
    <ul className="c-dup-evidence">
      {one.evidence.map(({ id, names: words, weight }) => (
        <li key={id} className={weight < 0 ? 'c-dup-against' : undefined}>
          {names.of(words)}
          <span className="c-number"> {signed(weight)}</span>
        </li>
      ))}
    </ul>
  );
};
