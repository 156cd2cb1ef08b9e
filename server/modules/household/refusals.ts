import type { Refusals } from '#platform/module';

/** Refusals of this module; those of a record stand in the list of `household.refused`. */
export const refusals: Refusals = {
  'household.refused': {
    status: 422,
    zh: '{total} 条记录有误，整批未收',
    en: '{total} of the records are wrong; nothing of the whole was taken',
  },
  'record.not-json': { status: 422, zh: '不是 JSON', en: 'This is not JSON' },
  'record.impossible-time': { status: 422, zh: '{path} 比现在晚一天以上', en: '{path} is more than a day ahead of now' },
  'record.ends-first': { status: 422, zh: '{path} 早于开始', en: '{path} is before the beginning' },
  'record.foreign-account': { status: 422, zh: '账单只能由账户自己的来源报送', en: 'Bills come from the source of their account' },
  'record.foreign-link': {
    status: 422,
    zh: '{path} 的两端至少有一端须属于本来源',
    en: 'Of the two ends of this {path} at least one must be of its own source',
  },
  'person.not-erased': {
    status: 422,
    zh: '没有这样被删除过的人或记录，无需恢复',
    en: 'Nobody and nothing of this name is remembered as erased',
  },
  'party.same': { status: 422, zh: '不能把一位客户与自己合并', en: 'A party cannot be merged with itself' },
  'party.merged-already': { status: 409, zh: '该客户已并入另一位', en: 'This party was merged into another one already' },
  'party.not-merged': { status: 409, zh: '这两位客户并未合并', en: 'These two parties are not merged' },
  'transfer.ended': { status: 422, zh: '该用户已销户，不能过户', en: 'The service is over and cannot change hands' },
  'transfer.future': { status: 422, zh: '过户时间不能晚于现在', en: 'A transfer cannot be in the future' },
  'transfer.too-early': {
    status: 422,
    zh: '在此之后（{since}）已有新的机主，过户时间须晚于它',
    en: 'Somebody became the owner later, at {since}; a transfer must come after that',
  },
  'transfer.same-owner': { status: 422, zh: '受让方已是机主', en: 'It is his already' },
};
