import type { Refusals } from '#platform/module';

/** Refusals of this module; those of an item of a batch have its `tag`. */
export const refusals: Refusals = {
  'changes.refused': {
    status: 422,
    zh: '{total} 处变更有误，整批未生效',
    en: '{total} of the changes are wrong; nothing of the batch is in force',
  },
  'tag.unknown': { status: 422, zh: '没有标签 {tag}', en: 'There is no tag {tag}' },
  'tag.bad-value': { status: 422, zh: '标签 {tag} 的值不符合其类型（{kind}）', en: 'The value of {tag} does not fit its kind ({kind})' },
  'tag.foreign-source': {
    status: 422,
    zh: '标签 {tag} 由 {source} 提供，其他来源不能改写',
    en: 'The tag {tag} comes from {source}; no other source may write it',
  },
  'tag.too-fine': {
    status: 422,
    zh: '标签 {tag} 的小数位数与数值范围超出可精确保存的范围',
    en: 'The tag {tag} would need more digits than can be kept exactly',
  },
  'tag.too-many-values': {
    status: 422,
    zh: '标签 {tag} 的不同取值超过 {most} 个',
    en: 'The tag {tag} would have more than {most} different values',
  },
  'tag.kind-needed': { status: 422, zh: '新标签 {tag} 必须给出类型 kind', en: 'The new tag {tag} needs a kind' },
  'tag.kind-stays': { status: 409, zh: '标签 {tag} 的类型是 {kind}，不能更改', en: 'The tag {tag} is a {kind} and stays one' },
  'tag.unknown-values': { status: 422, zh: '标签 {tag} 没有取值 {values}', en: 'The tag {tag} has no value {values}' },
  'tag.kept-by-us': { status: 422, zh: '标签 {tag} 由系统维护', en: 'The tag {tag} is kept by the system' },
};
