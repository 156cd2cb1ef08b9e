/**
 * What speaks for two parties being one, and what against: the published table. Weights add up; they are points of judgement in steps of five, set so that
 * a row of `GRADES` reads as a person would decide. Who changes one changes the tests that walk the table.
 */

export interface EvidenceRow {
  readonly id: string;
  /** What is compared; of each only the strongest row counts, so a name is never counted twice. */
  readonly about: 'number' | 'identity' | 'phone' | 'name' | 'address' | 'birth';
  readonly weight: number;
  readonly names: { readonly zh: string; readonly en: string };
  readonly meaning: { readonly zh: string; readonly en: string };
}

const row = <const I extends string>(
  id: I,
  about: EvidenceRow['about'],
  weight: number,
  [zh, en]: readonly [string, string],
  [meaningZh, meaningEn]: readonly [string, string],
) => ({ id, about, weight, names: { zh, en }, meaning: { zh: meaningZh, en: meaningEn } });

// biome-ignore format: a table
export const EVIDENCE = [
  row('ported-in', 'number', 110, ['号码已携入', 'Number ported in'], ['异网客户的号码现在是我们一个用户的号码', 'The off-net customer’s number is now that of a service of ours']),
  row('number-in-two-sources', 'number', 110, ['两个来源同一号码', 'One number from two sources'], ['两个来源各送来一位同号的异网客户', 'Two sources each bring an off-net customer of this number']),
  row('same-id-number', 'identity', 110, ['证件号相同', 'Same ID number'], ['证件号按规范形式相同（15 位补成 18 位）', 'The numbers are one in normal form (15 digits made 18)']),
  row('id-number-slip', 'identity', 20, ['证件号差一位', 'ID number one digit off'], ['差一位或相邻两位颠倒，且至少一个校验位不对', 'One digit off or two neighbours exchanged, and at least one fails its check digit']),
  row('other-id-number', 'identity', -60, ['证件号不同', 'Different ID numbers'], ['两个身份证号都有，且不是抄写差错', 'Both have a citizen’s number, and it is no slip']),
  row('same-phone', 'phone', 35, ['联系电话相同', 'Same phone'], ['至少一个联系电话相同；过多人共用的号码不算', 'At least one phone in common; numbers that too many share are left out']),
  row('same-name', 'name', 30, ['姓名相同', 'Same name'], ['去空格、全半角后相同', 'The same but for spaces and full-width forms']),
  row('name-in-other-script', 'name', 30, ['姓名繁简写法不同', 'Name in another script'], ['繁体、简体或间隔号写法不同，其余相同', 'Traditional or simplified characters or dots differ, all else is the same']),
  row('name-turned', 'name', 20, ['姓名顺序不同', 'Name in another order'], ['同样的字或词，顺序不同', 'The same characters or words in another order']),
  row('name-one-sign', 'name', 20, ['姓名差一个字', 'Names differ by one character'], ['多一字、少一字或一字不同；两个字的姓名不算', 'One character more, fewer or another; not for names of two']),
  row('other-name', 'name', -40, ['姓名不同', 'Different names'], ['两边都有姓名，且不相近', 'Both have names, and they are not alike']),
  row('same-address', 'address', 35, ['地址相同', 'Same address'], ['至少一个地址按规范形式相同', 'At least one address in common in normal form']),
  row('same-birth', 'birth', 20, ['出生日期相同', 'Same day of birth'], ['由身份证号得出；只在证件号差一位时才计', 'From the ID numbers; counted where they are one digit off']),
] as const satisfies readonly EvidenceRow[];

export type EvidenceId = (typeof EVIDENCE)[number]['id'];

const byId: ReadonlyMap<string, EvidenceRow> = new Map(EVIDENCE.map((e) => [e.id, e]));
export const evidenceRow = (id: string): EvidenceRow | undefined => byId.get(id);

export const weightOf = (evidence: readonly EvidenceId[]): number => evidence.reduce((sum, id) => sum + (byId.get(id)?.weight ?? 0), 0);

/** From how many points on a pair is called so; below the last it is not shown. */
export const GRADES = [
  { id: 'certain', from: 110, names: { zh: '确定', en: 'Certain' } },
  { id: 'likely', from: 60, names: { zh: '很可能', en: 'Likely' } },
  { id: 'possible', from: 45, names: { zh: '可能', en: 'Possible' } },
] as const;
export type Grade = (typeof GRADES)[number]['id'];

export const gradeOf = (weight: number): Grade | null => GRADES.find((g) => weight >= g.from)?.id ?? null;
