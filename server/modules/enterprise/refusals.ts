import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'enterprise.refused': {
    status: 422,
    zh: '{total} 行有误，先看第 {line} 行；整批未收',
    en: '{total} lines are wrong, line {line} first; nothing of the batch was taken',
  },
  'enterprise.not-json': { status: 422, zh: '不是 JSON', en: 'This is not JSON' },
  'enterprise.bad-field': { status: 422, zh: '字段 {path} 缺失或不符合要求', en: 'The field {path} is missing or not as it should be' },
  'enterprise.unknown-field': { status: 422, zh: '有未知字段 {path}', en: 'There is no field {path}' },
  'enterprise.foreign-source': { status: 422, zh: '此令牌只能代表来源 {source}', en: 'This token speaks for the source {source} only' },
  'enterprise.reserved-source': {
    status: 422,
    zh: '{source} 是系统自己的名字，不能作为来源',
    en: '{source} is our own name and no source',
  },
  'enterprise.impossible-day': {
    status: 422,
    zh: '日期 {day} 不可信：应在 1990 年以后、明天以前',
    en: 'The day {day} cannot be: it must lie between 1990 and tomorrow',
  },
  'enterprise.unknown-indicator': { status: 422, zh: '评分表里没有指标 {indicator}', en: 'The tables have no indicator {indicator}' },
  'enterprise.twice': { status: 422, zh: '与第 {first} 行是同一个客户', en: 'This is the enterprise of line {first} again' },
  'enterprise.same': { status: 409, zh: '编号 {key} 已经是这个客户的', en: 'The number {key} is one of this enterprise already' },
  'enterprise.not-joined': {
    status: 409,
    zh: '编号 {key} 不是并入这个客户的',
    en: 'The number {key} was not joined to this enterprise',
  },
  'enterprise.not-placed': {
    status: 422,
    zh: '信息不足，还没有定位，也就没有建议',
    en: 'Too little is known to place it, so nothing is suggested yet',
  },
  'tables.mistaken': { status: 422, zh: '{path}：{zh}', en: '{path}: {en}' },
  'tables.changed': {
    status: 409,
    zh: '评分表已被 {by} 改到第 {version} 版，请先载入最新内容',
    en: 'The tables were changed to version {version} by {by}: load them again first',
  },
  'tables.same': { status: 422, zh: '内容没有变化', en: 'Nothing is changed in them' },
  'enterprise-visit.planned-already': { status: 409, zh: '已约好 {day} 拜访', en: 'A visit on {day} is planned already' },
  'enterprise-visit.impossible-day': {
    status: 422,
    zh: '拜访日期须在前后一年内',
    en: 'The day of a visit must lie within a year from today',
  },
  'enterprise-visit.over': { status: 409, zh: '这次拜访已经有结果或已撤销', en: 'This visit has its outcome already, or was withdrawn' },
  'enterprise-visit.not-yet': { status: 422, zh: '拜访日期还没到', en: 'The day of the visit has not come yet' },
  'enterprise-visit.unknown-outcome': { status: 422, zh: '没有“{outcome}”这种结果', en: 'There is no outcome {outcome}' },
  'enterprise-visit.not-latest': { status: 409, zh: '之后又有新的拜访，不能再撤销', en: 'There is a later visit, so this one stays' },
  'enterprise-visit.not-yours': { status: 403, zh: '是 {by} 记的，只有他能撤销', en: 'It was noted by {by}, who alone can undo it' },
};
