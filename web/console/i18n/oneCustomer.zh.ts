/** Words of the page about one customer. */
export default {
  oneCustomer: {
    journeys: '订单和服务单',
    journeysWhat:
      '提到他的证件号、电话或名下业务号码的全流程：报障和投诉是服务单，其余是订单。每单写着到了哪一步、现在在谁手里、承诺到几时。只显示您看得到的。',
    group: { care: '服务单（报障、投诉）', orders: '订单', tasks: '任务' },
    none: { care: '没有在办的报障或投诉。', orders: '没有在途的订单。', tasks: '没有在办的任务。' },
    over: '已结束{{count}}单',
    holder: '现由{{who}}处理',
    nobody: '尚无人',
    since: '自',
    promised: '承诺',
    serial: '{{device}}串号',
    noSerial: '串号已随个人信息删除',
    erased: '这位客户的个人信息已应要求删除：',
    erasedWhat: '他仍计数，标签保留；来源以后再送他的姓名、电话、证件号或地址，也不会保存。他若重新成为客户，请有权限的人恢复。',
    erasedRows: '{{erased}} 行属于已删除个人信息的人，未保存个人信息',
    keptBy: '其中有由来源 {{sources}} 保管的：现在就生效，但它的下一份数据可能改回来，请同时告知它。',
    saidBy: { source: '来源系统 {{source}}', rule: '由规则得出', model: '模型评分', system: '系统自己保管', nobody: '来源没有写明' },
    contact: '能不能联系',
    duplicates: '可能是同一个人',
    contacts: '联系记录',
    contactsWhat: '系统知道的每次接触：挽留专席的沟通和结果，以及客户在哪里登记过意愿。只显示您看得到的；最近的在前。',
    noContacts: '系统里还没有与他联系过的记录。',
    earlier: '更早的{{count}}次',
    through: { talk: '挽留沟通', ended: '挽留办结', consent: '登记意愿' },
  },
};
