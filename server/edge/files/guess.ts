import { stringify } from 'yaml';

/** A map for a newcomer's file, guessed from its column names: a draft to be looked at, never used unseen. */

type Target = 'type' | 'time' | 'id' | 'handler' | `key.${string}` | `person.${string}`;

/** Column names as logs and Chinese operators write them; the first column that fits a target gets it. */
const KNOWN: readonly (readonly [Target, RegExp])[] = [
  ['key.case', /^(case:concept:name|case[ _-]?id|case|traceid)$/i],
  ['key.order', /^(order([ _-]?(id|no|number))?|订单(号|编号)?)$/i],
  ['key.trade', /^(trade([ _-]?(id|no))?|受理流水(号)?|流水号)$/i],
  ['key.workOrder', /^(work[ _-]?order([ _-]?(id|no))?|工单(号|编号)?)$/i],
  ['key.parcel', /^(parcel|waybill|tracking([ _-]?no)?|运单(号)?|快递单号)$/i],
  ['key.serviceNumber', /^(service[ _-]?number|msisdn|业务号码|宽带(账号|帐号))$/i],
  ['key.customer', /^(customer([ _-]?id)?|客户(编号|号)?)$/i],
  ['type', /^(concept:name|activity|event([ _-]?type)?|ocel:activity|status|环节|状态|动作|操作)$/i],
  ['time', /^(time:timestamp|timestamp|ocel:timestamp|time|date|event[ _-]?time|(操作|完成|发生|状态)?时间)$/i],
  ['id', /^(concept:instance|event[ _-]?id|ocel:eid|id|事件(编)?号)$/i],
  ['handler', /^(org:resource|resource|handler|user|operator|处理人|操作员|工号)$/i],
  ['person.phone', /^(phone|tel|mobile|联系电话|手机(号)?|电话)$/i],
  ['person.name', /^(name|customer[ _-]?name|姓名|客户姓名|联系人)$/i],
  ['person.idNumber', /^(id[ _-]?number|id[ _-]?card|身份证(号)?|证件号码?)$/i],
  ['person.address', /^(address|地址|装机地址)$/i],
];

/** The map as YAML; `columns` of a CSV header, empty for forms that name their fields themselves. */
export function guessMap(fileName: string, columns: readonly string[], zone: string): string {
  const source =
    fileName
      .toLowerCase()
      .replace(/(\.gz)?$/, '')
      .replace(/\.[^.]+$/, '')
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 40) || 'log';
  const chosen: Record<string, string> = {};
  for (const [target, pattern] of KNOWN) {
    const column = columns.find((c) => pattern.test(c.trim()) && !Object.values(chosen).includes(c));
    if (column !== undefined && chosen[target] === undefined) chosen[target] = column;
  }
  const objects = columns.filter((c) => c.startsWith('ocel:type:'));
  for (const c of objects) chosen[`key.${c.slice('ocel:type:'.length).replace(/s$/, '')}`] = c;
  return stringify({ source, scenario: 'auto', zone, ...(Object.keys(chosen).length > 0 && { columns: chosen }) });
}
