import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'customer.unknown': { status: 422, zh: '来源中没有这个编号的客户', en: 'The source has no customer of this number' },
  'customer.foreign-source': { status: 403, zh: '此令牌只能代表来源 {source}', en: 'This token speaks for the source {source} only' },
  'customer.reserved-source': { status: 422, zh: '{source} 是系统自己的名字，不能作为来源', en: '{source} is our own name and no source' },
  'customer.own': { status: 422, zh: '在网用户不能并入别的客户', en: 'A customer of ours cannot be counted as another one' },
  'customer.merged-already': { status: 409, zh: '其中一位已经并入别的客户', en: 'One of them is counted as another customer already' },
  'customer.not-merged': { status: 409, zh: '这两位客户并未合并', en: 'These two customers are not merged' },
  'customer.gone': {
    status: 409,
    zh: '其中一位已不在来源文件中，不再计数',
    en: 'One of them is no longer in his source’s file and not counted',
  },
  'customer-import.busy': {
    status: 409,
    zh: '来源 {source} 有一个文件正在处理，请等它完成',
    en: 'A file of the source {source} is being taken in; wait until it is done',
  },
  'customer-import.elsewhere': {
    status: 409,
    zh: '这次导入的文件在另一台机器上',
    en: 'The files of this import lie with another copy of the program',
  },
  'customer-import.over': { status: 409, zh: '这次导入已结束或正在处理', en: 'This import is over or at work' },
  'customer-import.gap': {
    status: 409,
    zh: '文件应从第 {received} 字节续传',
    en: 'The file goes on at byte {received}',
  },
  'customer-import.incomplete': {
    status: 409,
    zh: '文件 {name} 只收到 {received} / {bytes} 字节',
    en: 'Of the file {name} only {received} of {bytes} bytes are here',
  },
  'customer-import.lost-half': {
    status: 422,
    zh: '文件里只有来源 {source} 现有 {present} 位客户中的 {kept} 位，不足一半，未导入；确认无误请加 --allow-loss',
    en: 'The files name only {kept} of the {present} customers that {source} has: less than half, so nothing was imported. If that is right, add --allow-loss',
  },
  'customer-import.unreadable': { status: 422, zh: '文件无法读取：{problem}', en: 'A file cannot be read: {problem}' },
  'customer-import.fault': { status: 500, zh: '导入时系统出错了', en: 'Something went wrong here while it was imported' },
};
