import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'places.refused': {
    status: 422,
    zh: '有 {total} 条位置数据有误，整批都没有收下',
    en: '{total} of the places are mistaken, so none was taken',
  },
  'places.too-many': { status: 413, zh: '一次最多 {most} 条，请分批报送', en: 'At most {most} places at a time: send them in parts' },
  'places.one-source': {
    status: 422,
    zh: '声明“已全部报送”时，一批里只能有一个来源',
    en: 'What is told as all there is must be of one source',
  },
  'places.half-gone': {
    status: 422,
    zh: '这批漏了 {gone} 个已有的位置，超过一半，没有采信，也没有收下；确实不在的，请逐条以 kind 为 gone 报送',
    en: 'This leaves out {gone} of the places that are there, more than half, so it is not believed and nothing was taken; tell those that are no more one by one, as kind gone',
  },
  'places.none': { status: 400, zh: '没有位置数据', en: 'There are no places in it' },
  'place.not-json': { status: 400, zh: '不是一个 JSON 对象', en: 'This is no JSON object' },
  'place.bad-field': { status: 400, zh: '{path} {problem}', en: '{path} {problem}' },
  'place.unknown-field': { status: 400, zh: '有未知字段 {path}', en: 'There is an unknown field: {path}' },
  'place.twice': { status: 422, zh: '与第 {line} 条是同一个位置', en: 'This is the same place as that of line {line}' },
  'place.unknown-area': { status: 422, zh: '没有区域 {area}', en: 'There is no area {area}' },
  'place.unknown-estate': { status: 422, zh: '没有小区 {estate}', en: 'There is no estate {estate}' },
  'place.unknown-building': { status: 422, zh: '没有楼栋 {building}', en: 'There is no building {building}' },
  'place.gone-estate': {
    status: 422,
    zh: '小区 {estate} 已标为不在，请先（或一并）重新报送小区',
    en: 'The estate {estate} is gone: tell it again first, or along with this',
  },
  'place.value-taken': {
    status: 422,
    zh: '“{value}”已是 {by} 的标签取值，一个取值只能对应一个位置',
    en: '{value} is what the tag says of {by} already; a value stands for one place alone',
  },
  'place.ports-over': { status: 422, zh: '空闲端口 {free} 多于总端口 {total}', en: 'There are {free} free ports of {total} in all' },
  'place.foreign-source': { status: 403, zh: '此令牌只能代表来源 {source}', en: 'This token speaks for the source {source} only' },
  'homes.choose-grid': { status: 422, zh: '您管多个网格，请选一个', en: 'You have several grids: choose one of them' },
  'home.noted': { status: 409, zh: '{by} 已记录过这一户', en: '{by} has noted this home already' },
  'home.not-noted': { status: 409, zh: '这一户还没有记录', en: 'Nothing is noted of this home' },
  'home.not-yours': { status: 403, zh: '这条记录是 {by} 写的', en: 'This was noted by {by}' },
  'home.not-theirs': {
    status: 422,
    zh: '只能派给能走访这个网格的同事',
    en: 'A home can be given only to somebody who visits homes in this grid',
  },
  'home.over': { status: 409, zh: '只有当天的走访可以记录或撤销', en: 'Visits are noted and taken back on their own day' },
};
