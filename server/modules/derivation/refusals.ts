import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'derivation.mistaken': {
    status: 422,
    zh: '规则有误：{path} 第 {line} 行第 {column} 列，{zh}',
    en: 'The rule is mistaken in {path}, line {line}, column {column}: {en}',
  },
  'derivation.changed': {
    status: 409,
    zh: '草稿已被 {by} 改动，请先载入最新内容',
    en: 'The draft was changed by {by}: load it again first',
  },
  'derivation.unchanged': { status: 409, zh: '草稿与已发布的版本相同', en: 'The draft is the same as the version in force' },
  'derivation.ring': {
    status: 422,
    zh: '规则之间成环：{ring}；请断开其中一处',
    en: 'The rules go round in a ring: {ring}; cut it somewhere',
  },
  'derivation.retired': {
    status: 409,
    zh: '规则标签 {tag} 已停用，恢复后才能修改或发布',
    en: 'The derived tag {tag} is retired; it can be edited or published when it is taken up again',
  },
  'derivation.not-retired': { status: 409, zh: '规则标签 {tag} 没有停用', en: 'The derived tag {tag} is not retired' },
  'derivation.used': {
    status: 409,
    zh: '其他规则标签由它得出：{by}；请先修改或停用它们',
    en: 'Other derived tags are made of it: {by}; change or retire them first',
  },
  'derivation.missing-inputs': {
    status: 422,
    zh: '还没有这些输入标签：{missing}；加载后才能试算',
    en: 'These inputs are not there yet: {missing}; it can be tried when they are loaded',
  },
};
