import type { Refusals } from '#platform/module';

/** What a feed can be refused for, what can be in its way, and why a file waits or is rejected. */
export const refusals: Refusals = {
  'feed.exists': { status: 409, zh: '已经有名为 {id} 的接入', en: 'There is a feed {id} already' },
  'feed.bad-map': { status: 422, zh: '映射不正确：{why}', en: 'The map is not sound: {why}' },
  'feed.bad-settings': { status: 422, zh: '设置 {path} 不正确：{why}', en: 'The setting {path} is not sound: {why}' },
  'feed.fault': { status: 422, zh: '出错：{why}', en: 'It failed: {why}' },
  'feed.future-replay': { status: 422, zh: '重放的起点不能在将来', en: 'A replay cannot begin in the future' },
  'feed.folder-away': { status: 422, zh: '文件夹 {folder} 打不开：{why}', en: 'The folder {folder} cannot be used: {why}' },
  'feed.folder-own': {
    status: 422,
    zh: '{folder} 属于玻璃房自己的数据，不能作为接入文件夹',
    en: '{folder} belongs to Glasshouse’s own data and cannot be watched',
  },
  'feed.file-growing': {
    status: 422,
    zh: '文件还在变化，静止 {seconds} 秒后读取',
    en: 'The file still changes; it is read after {seconds} s of rest',
  },
  'feed.file-unmarked': { status: 422, zh: '等待 .chk 或 .ok 文件', en: 'It waits for its .chk or .ok file' },
  'feed.file-count': { status: 422, zh: '.chk 写明 {said} 行，实际 {found} 行', en: 'The .chk says {said} rows, the file has {found}' },
  'feed.file-chk': { status: 422, zh: '.chk 里没有行数', en: 'The .chk names no number of rows' },
  'feed.file-unreadable': { status: 422, zh: '文件无法读取：{why}', en: 'The file cannot be read: {why}' },
  'feed.file-same': { status: 422, zh: '内容与 {name} 相同，此前已读取', en: 'Its content was taken before, as {name}' },
  'feed.table-away': { status: 422, zh: '数据库连接不上：{why}', en: 'The database cannot be reached: {why}' },
  'feed.table-missing': { status: 422, zh: '没有表或视图 {relation}', en: 'There is no table or view {relation}' },
  'feed.table-column': {
    status: 422,
    zh: '{relation} 没有列 {column}；它有：{columns}',
    en: '{relation} has no column {column}; it has: {columns}',
  },
  'feed.table-cursor': {
    status: 422,
    zh: '游标列 {column} 的类型是 {type}，必须是整数、时间或日期',
    en: 'The cursor column {column} is of the type {type}; it must be a whole number, a time or a date',
  },
  'feed.table-fault': { status: 422, zh: '读取 {relation} 时出错：{why}', en: 'Reading {relation} failed: {why}' },
  'feed.nats-away': { status: 422, zh: 'NATS 连接不上：{why}', en: 'NATS cannot be reached: {why}' },
  'feed.nats-stream': { status: 422, zh: '无法读取流 {stream}：{why}', en: 'The stream {stream} cannot be read: {why}' },
  'feed.nats-lost': { status: 422, zh: '与 NATS 的连接中断：{why}', en: 'The connection to NATS was lost: {why}' },
};
