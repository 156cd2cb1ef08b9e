import type { Refusals } from '#platform/module';

/** Refusals of this module; those of a record stand in the list of `household.refused`. */
export const refusals: Refusals = {
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
