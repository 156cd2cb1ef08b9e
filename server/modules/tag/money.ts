/** Money in tags is kept in whole fen, and their words say so: 月均消费（分）, "Monthly spending in fen". */

interface Names {
  readonly zh: string;
  readonly en: string;
}

const ZH_UNIT = /[（(]分[）)]$/;
const EN_UNIT = /(?:^|\s)(?:in fen|[（(]fen[）)])$/i;

/** Whether a tag's numbers are fen. The English words decide: 分 alone may be points. */
export const isMoney = ({ en }: Names): boolean => EN_UNIT.test(en.trimEnd());

/** What a tag is called where its values are told in yuan: without the fen; any other tag as it is called. */
export function spokenNames(names: Names): Names {
  if (!isMoney(names)) return names;
  return { zh: names.zh.trimEnd().replace(ZH_UNIT, '').trimEnd(), en: names.en.trimEnd().replace(EN_UNIT, '').trimEnd() };
}
