// 告知的决定：提醒只有事件的类型，没有其中的人和日子。其余类型用 happened 里的话。

export const setUpHappenedZh = {
  'member.roles_changed': '更改了角色',
  'member.department_changed': '调整了部门',
  'member.superior_set': '设定了上级',
  'member.delegated': '设定了代理人',
  'member.delegation_ended': '结束了代理',
  'member.handed_over': '离职并移交了工作',
  'member.change_confirmed': '确认了所提议的变动',
  'member.change_declined': '拒绝了所提议的变动',
  'org.configured': '更改了制度参数',
  'definitions.flow_amended': '更改了流程',
  'definitions.form_amended': '更改了表单',
  'indicators.published': '发布了考核指标',
  'indicators.revised': '修订了考核指标',
  'indicators.retired': '停用了考核指标',
};

export const toldZh = {
  'task.reassigned': '改派了任务',
  'task.rescheduled': '更改了时限',
  'project.lead_changed': '更换了项目负责人',
  'project.member_added': '增加了团队成员',
  'project.member_removed': '减少了团队成员',
  'analysis.handled': '处理了发现',
  'strategy.published': '发布了新版本',
  'strategy.checked': '检查了执行情况',
  'strategy.superseded': '由新版本取代',
} as Record<string, string>;
