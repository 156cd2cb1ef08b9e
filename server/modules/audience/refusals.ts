import type { Refusals } from '#platform/module';

/** What can be wrong with a definition; each names the place by `path`. */
export const definitionRefusals: Refusals = {
  'audience.not-a-condition': { status: 400, zh: '{path} 应是一个条件', en: '{path} must be a condition' },
  'audience.two-conditions': {
    status: 400,
    zh: '{path} 与同一处的另一个条件冲突，一处只能写一个',
    en: '{path} stands beside another condition; there can be one only',
  },
  'audience.not-a-list': { status: 400, zh: '{path} 应是一个列表', en: '{path} must be a list' },
  'audience.not-a-text': { status: 400, zh: '{path} 应是文字', en: '{path} must be a text' },
  'audience.not-yes-or-no': { status: 400, zh: '{path} 应是 true 或 false', en: '{path} must be true or false' },
  'audience.not-a-number': { status: 400, zh: '{path} 应是数字', en: '{path} must be a number' },
  'audience.too-far': { status: 400, zh: '{path} 超出可比较的范围', en: '{path} is beyond all numbers that can be compared' },
  'audience.not-a-date': {
    status: 400,
    zh: '{path} 应是日期，如 "2026-11-21"、{ "days": -30 } 或 { "months": -1, "edge": "start" }',
    en: '{path} must be a day such as "2026-11-21", { "days": -30 } or { "months": -1, "edge": "start" }',
  },
  'audience.not-whole': {
    status: 400,
    zh: '{path} 应是 -{most} 至 {most} 的整数',
    en: '{path} must be a whole number from -{most} to {most}',
  },
  'audience.not-whole-positive': {
    status: 400,
    zh: '{path} 应是 1 至 {most} 的整数',
    en: '{path} must be a whole number from 1 to {most}',
  },
  'audience.bad-edge': {
    status: 400,
    zh: '{path} 应是 "start" 或 "end"，并与 months 一起写',
    en: '{path} must be "start" or "end", and stands with months only',
  },
  'audience.from-after-to': { status: 400, zh: '{path} 大于 to，没有人会符合', en: '{path} is after to; nobody could fit' },
  'audience.too-deep': { status: 400, zh: '{path} 嵌套过深，最多 {most} 层', en: '{path} is nested too deep; {most} levels at most' },
  'audience.too-many-conditions': {
    status: 400,
    zh: '{path} 起条件过多，最多 {most} 个',
    en: 'Too many conditions, from {path} on; {most} at most',
  },
  'audience.too-many-values': {
    status: 400,
    zh: '{path} 起取值过多，合计最多 {most} 个',
    en: 'Too many values, from {path} on; {most} at most in all',
  },
  'audience.unknown-tag': {
    status: 400,
    zh: '{path}：没有标签 {tag}{hint}',
    en: '{path}: there is no tag {tag}{hint}',
  },
  'audience.asks-nothing': {
    status: 400,
    zh: '{path} 没有写条件；标签 {tag} 可用：{fitting}',
    en: '{path} asks nothing of {tag}; it can be asked: {fitting}',
  },
  'audience.wrong-kind': {
    status: 400,
    zh: '{path}：标签 {tag} 不能用 {field}，可用：{fitting}',
    en: '{path}: {tag} cannot be asked {field}, but {fitting}',
  },
  'audience.not-a-value': {
    status: 400,
    zh: '{path} 不是标签 {tag} 的取值{hint}',
    en: '{path} is no value of the tag {tag}{hint}',
  },
  'audience.not-a-score': {
    status: 400,
    zh: '{path}：标签 {tag} 不是数值，不能排名',
    en: '{path}: the tag {tag} is no number; nobody can be ranked by it',
  },
  'audience.bad-order': { status: 400, zh: '{path} 应是 "highest" 或 "lowest"', en: '{path} must be "highest" or "lowest"' },
  'audience.bad-share': { status: 400, zh: '{path} 应大于 0 且不超过 1', en: '{path} must be above 0 and at most 1' },
  'audience.bad-salt': { status: 400, zh: '{path} 应是 1 至 64 个字符的文字', en: '{path} must be a text of 1 to 64 characters' },
  'audience.unknown-audience': {
    status: 400,
    zh: '{path}：没有这个客群，或未与您共享',
    en: '{path}: there is no such audience, or it is not shared with you',
  },
  'audience.circle': { status: 400, zh: '{path}：客群不能包含它自己', en: '{path}: an audience cannot be made of itself' },
  'audience.broken': {
    status: 400,
    zh: '{path}：客群“{audience}”的口径已失效（{inside}）',
    en: '{path}: the definition of “{audience}” is no longer sound ({inside})',
  },
  'audience.unknown-list': { status: 400, zh: '{path}：没有这份名单', en: '{path}: there is no such list' },
};

/** What can be refused of a definition that is sound, of saved audiences and of lists. */
export const savedRefusals: Refusals = {
  'audience.purpose-not-allowed': {
    status: 422,
    zh: '{path}：标签 {tag} 不可用于此用途（{purpose}）',
    en: '{path}: the tag {tag} may not be used for this purpose ({purpose})',
  },
  'audience.changed-since': {
    status: 409,
    zh: '客群已被修改为第 {version} 版，请重新打开后再改',
    en: 'The audience was changed meanwhile, to version {version}; please open it again',
  },
  'audience.not-yours': {
    status: 403,
    zh: '客群属于 {owner}，您不能修改；可以另存一份',
    en: 'The audience belongs to {owner}; you cannot change it, but save one of your own',
  },
  'audience.empty-list': { status: 422, zh: '名单里没有一位您能看到的客户', en: 'Nobody on the list is a customer whom you may see' },
  'audience.column-not-allowed': {
    status: 422,
    zh: '标签 {tag} 不可用于此目的，不能导出',
    en: 'The tag {tag} may not be used for this purpose and cannot be exported',
  },
  'audience.too-few': {
    status: 422,
    zh: '客群少于 {least} 人，导出可能暴露个人，已拒绝',
    en: 'Fewer than {least} people: an export could tell who they are, and is refused',
  },
  'audience.too-many': { status: 422, zh: '客群超过 {most} 人，请分批导出', en: 'More than {most} people: please export them in parts' },
  'audience.export-failed': { status: 422, zh: '导出没有成功，请重新发起', en: 'The export did not succeed; please ask for it again' },
  'audience.export-over': { status: 422, zh: '导出文件尚未完成或已过期', en: 'The file is not ready, or its time is over' },
  'audience.not-remembered': {
    status: 422,
    zh: '这个客群没有 {day} 的成员记录；记录每天清晨更新一次，只保留最近一次',
    en: 'The members of {day} are not remembered; they are noted once each morning, and only the latest are kept',
  },
  'audience.not-now': { status: 422, zh: '客群的当前状态不允许此操作', en: 'The audience is not in a state for this' },
};
