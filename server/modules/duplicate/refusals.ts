import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'duplicate.undecided': { status: 409, zh: '这一对还没有处理', en: 'Nothing was decided about this pair yet' },
  'duplicate.merged': { status: 409, zh: '这一对已经合并', en: 'These two are merged already' },
  'duplicate.different': { status: 409, zh: '这一对已判定不是同一人', en: 'These two were said to be two people' },
  'duplicate.not-of-pair': { status: 422, zh: '保留的客户必须是这一对中的一位', en: 'Who stays must be one of the two' },
  'duplicate.not-certain': {
    status: 422,
    zh: '批量合并只限“确定”的；这一对请逐个查看',
    en: 'Only certain pairs can be merged many at once; look at this one',
  },
  'duplicate.built-on': {
    status: 409,
    zh: '其后又有 {count} 次合并以它为基础，须先撤销它们，或一并撤销',
    en: 'Later merges stand on this one ({count}): undo them first, or all together',
  },
};
