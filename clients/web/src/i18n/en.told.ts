import type { setUpHappenedZh, toldZh } from './zh.told';

export const setUpHappenedEn: typeof setUpHappenedZh = {
  'member.roles_changed': 'changed the roles',
  'member.department_changed': 'changed the department',
  'member.superior_set': 'set the superior',
  'member.delegated': 'named a deputy',
  'member.delegation_ended': 'ended a delegation',
  'member.handed_over': 'left, and handed work over',
  'member.change_confirmed': 'confirmed the change that was proposed',
  'member.change_declined': 'declined the change that was proposed',
  'org.configured': 'changed the settings',
  'definitions.flow_amended': 'amended a flow',
  'definitions.form_amended': 'amended a form',
  'indicators.published': 'published the indicators',
  'indicators.revised': 'revised the indicators',
  'indicators.retired': 'retired the indicators',
};

export const toldEn: typeof toldZh = {
  'task.reassigned': 'gave it to somebody else',
  'task.rescheduled': 'moved the due date',
  'project.lead_changed': 'changed the lead',
  'project.member_added': 'took somebody into the team',
  'project.member_removed': 'took somebody out of the team',
  'analysis.handled': 'handled what was found',
  'strategy.published': 'published it',
  'strategy.checked': 'checked its execution',
  'strategy.superseded': 'superseded it by a new version',
};
