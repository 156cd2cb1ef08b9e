import { useWhere } from '../../kit/hooks.ts';

/** A definition read out: a sentence a row, in the order in which they are asked. */
export const RuleRows = ({ says }: { says: { zh: readonly string[]; en: readonly string[] } }) => {
  const { lang } = useWhere();
  const rows = lang === 'zh-CN' ? says.zh : says.en;
  return (
    <ol className="c-der-says">
      {rows.map((row) => (
        <li key={row}>{row}</li>
      ))}
    </ol>
  );
};
