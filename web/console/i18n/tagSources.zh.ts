/** 标签从哪里来：系统自己起的名字和数仓，用人话说 */
export default {
  glasshouse: '本系统',
  rule: '本系统（规则）',
  model: '本系统（模型）',
  modelOf: '本系统（模型“{{score}}”）',
  warehouse: '数仓',
  counter: '营业厅',
  loading: '正在装载客户数据',
  loadingNext: '标签随客户一起到来。装载完成后，这里列出每个标签的口径、人数和新鲜度。',
  toLoading: '看装载进度',
};
