import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'rule.mistaken': {
    status: 422,
    zh: '规则有误：第 {line} 行第 {column} 列，{zh}',
    en: 'The rule is mistaken at line {line}, column {column}: {en}',
  },
  'rule.changed': {
    status: 409,
    zh: '规则已被 {by} 改到第 {version} 版，请先载入最新内容',
    en: 'The rule was changed to version {version} by {by}: load it again first',
  },
  'rule.one-population': {
    status: 422,
    zh: '“看哪些客户”只能由一条规则规定：{id}',
    en: 'Who is looked at is said by one rule alone: {id}',
  },
  'rule.too-many': { status: 422, zh: '同时生效的规则最多 {most} 条', en: 'At most {most} rules can be in force' },
  'case.closed': { status: 409, zh: '工单已经关闭', en: 'The case is closed' },
  'case.taken': { status: 409, zh: '工单已被 {holder} 领取', en: 'The case was taken by {holder}' },
  'case.not-taken': { status: 409, zh: '请先领取工单', en: 'Take the case first' },
  'case.not-yours': { status: 403, zh: '工单在 {holder} 手里', en: 'The case is with {holder}' },
  'case.with-him': { status: 409, zh: '工单已经在 {to} 手里', en: 'The case is with {to} already' },
  'case.not-his-area': { status: 422, zh: '{to} 看不到这个区域的工单', en: '{to} does not see cases of this area' },
  'case.unknown-worker': { status: 422, zh: '没有这位可派的坐席', en: 'There is nobody of that name to be given cases' },
  'assignment.undone': { status: 409, zh: '这次派单已经撤销', en: 'This assignment was taken back already' },
  'assignment.not-yours': { status: 403, zh: '是 {by} 派的，只有他能撤销', en: 'It was made by {by}, who alone can take it back' },
  'case.unknown-outcome': { status: 422, zh: '没有“{outcome}”这种结果', en: 'There is no outcome {outcome}' },
  'case.unknown-cause': { status: 422, zh: '没有“{cause}”这种原因', en: 'There is no cause {cause}' },
  'sweep.running': { status: 409, zh: '今天的扫描正在进行', en: 'The sweep of today is running' },
};
