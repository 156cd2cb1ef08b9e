import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'places.refused': {
    status: 422,
    zh: '有 {total} 条位置数据有误，整批都没有收下',
    en: '{total} of the places are mistaken, so none was taken',
  },
  'places.too-many': { status: 413, zh: '一次最多 {most} 条，请分批报送', en: 'At most {most} places at a time: send them in parts' },
  'places.none': { status: 400, zh: '没有位置数据', en: 'There are no places in it' },
  'place.not-json': { status: 400, zh: '不是一个 JSON 对象', en: 'This is no JSON object' },
  'place.bad-field': { status: 400, zh: '{path} {problem}', en: '{path} {problem}' },
  'place.unknown-field': { status: 400, zh: '有未知字段 {path}', en: 'There is an unknown field: {path}' },
  'place.twice': { status: 422, zh: '与第 {line} 条是同一个位置', en: 'This is the same place as that of line {line}' },
  'place.unknown-area': { status: 422, zh: '没有区域 {area}', en: 'There is no area {area}' },
  'place.unknown-estate': { status: 422, zh: '没有小区 {estate}', en: 'There is no estate {estate}' },
  'place.value-taken': {
    status: 422,
    zh: '“{value}”已是 {by} 的标签取值，一个取值只能对应一个位置',
    en: '{value} is what the tag says of {by} already; a value stands for one place alone',
  },
  'place.ports-over': { status: 422, zh: '空闲端口 {free} 多于总端口 {total}', en: 'There are {free} free ports of {total} in all' },
  'place.foreign-source': { status: 403, zh: '此令牌只能代表来源 {source}', en: 'This token speaks for the source {source} only' },
  'homes.choose-grid': { status: 422, zh: '您管多个网格，请选一个', en: 'You have several grids: choose one of them' },
  'visit.noted': { status: 409, zh: '{by} 已记录过这一户', en: '{by} has noted this home already' },
  'visit.none': { status: 409, zh: '这一户还没有记录', en: 'Nothing is noted of this home' },
  'visit.not-yours': { status: 403, zh: '这条记录是 {by} 写的', en: 'This was noted by {by}' },
  'visit.over': { status: 409, zh: '只有当天的走访可以记录或撤销', en: 'Visits are noted and taken back on their own day' },
};
