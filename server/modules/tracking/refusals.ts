import type { Refusals } from '#platform/module';

/** Everything that tracking can refuse. Event codes are also the reasons of rejected lines. */
export const refusals: Refusals = {
  'event.not-json': { status: 400, zh: '这一行不是合法的 JSON', en: 'This line is not JSON' },
  'event.bad-encoding': {
    status: 400,
    zh: '含有无法保存的字符（必须是 UTF-8，不含 NUL 或孤立代理）{path}',
    en: 'It holds characters that cannot be kept (UTF-8 without NUL or lone surrogates) {path}',
  },
  'event.too-large': { status: 413, zh: '这一行超过 1 MiB', en: 'This line is larger than 1 MiB' },
  'event.missing-field': { status: 400, zh: '缺少字段 {path}', en: 'The field {path} is missing' },
  'event.unknown-field': { status: 400, zh: '未知字段 {path}', en: 'Unknown field {path}' },
  'event.bad-field': { status: 400, zh: '字段 {path} 不正确，应为 {want}', en: 'The field {path} is wrong; it must be {want}' },
  'event.bad-time': {
    status: 400,
    zh: '时间 {time} 无法理解：请用带时区的 ISO 8601',
    en: 'The time {time} cannot be understood: use ISO 8601 with an offset',
  },
  'event.impossible-time': {
    status: 400,
    zh: '时间 {time} 不可能：早于 1990 年或超前 24 小时以上',
    en: 'The time {time} is impossible: before 1990, or more than 24 h ahead',
  },
  'event.foreign-source': { status: 403, zh: '此令牌只能代表来源 {own}', en: 'This token speaks for {own} only' },
  'journey.personal-key': {
    status: 422,
    zh: '{kind} 是个人信息，不能写在地址里：请用 POST /api/journeys/search',
    en: '{kind} is personal and must not stand in an address: use POST /api/journeys/search',
  },
  'journey.over': { status: 422, zh: '全流程已结束', en: 'The journey is over' },
  'analysis.too-long': {
    status: 503,
    zh: '涉及的单子太多，未能及时算完：请缩小时间范围或区域',
    en: 'Too many journeys to count in time: choose a shorter period or a smaller area',
  },
  'erasure.several-people': {
    status: 422,
    zh: '这些号码涉及多位客户，请同时提供证件号码',
    en: 'These numbers are of several people: give the ID number too',
  },
  'erasure.another': {
    status: 422,
    zh: '证件号或电话不是这位客户的：请核对，或在“客户”页按号码办理',
    en: 'The ID number or phone is not of this customer: check it, or erase by number on the page Customers',
  },
  'erasure.unnamed': {
    status: 422,
    zh: '这位客户没有登记证件号和电话：请填写其中一项',
    en: 'Neither an ID number nor a phone is known of this customer: give one',
  },
  'conflict.settled': { status: 409, zh: '这个冲突已经处理过', en: 'This conflict has been settled already' },
  'conflict.erased': { status: 422, zh: '另一份内容已按要求抹除，不能再采用', en: 'The other copy was erased and can no longer be kept' },
  'repair.no-part': {
    status: 422,
    zh: '{kind} 不是可以移动的对象：只有部分（工单、运单、子订单等）和受理流水可以剪断或并入，订单之间只会相互关联',
    en: 'A {kind} cannot be moved: only parts (work orders, parcels, sub-orders …) and trades can be cut off or joined; orders are only related',
  },
  'repair.linked': { status: 409, zh: '它已经属于这个全流程', en: 'It belongs to this journey already' },
  'repair.not-linked': { status: 422, zh: '它不属于这个全流程', en: 'It does not belong to this journey' },
  'repair.undone': { status: 409, zh: '这条修复已经撤销', en: 'This repair has been undone already' },
  'repair.not-found': { status: 404, zh: '没有这条修复记录', en: 'There is no such repair' },
  'import.not-found': { status: 404, zh: '没有这次导入', en: 'There is no such import' },
  'scenario.invalid': { status: 422, zh: '业务场景不正确：{problem}', en: 'The scenario is not valid: {problem}' },
};
