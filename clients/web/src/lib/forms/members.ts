// What somebody settles for themselves.

import type { About, Description } from './commands';
import type { Words } from '../wire/flows';
import type { Field } from './field';
import { choice, day, given, line, many, member, option, reason } from './make';

const name = (initial = ''): Field => line('name', '姓名', 'Name', { required: true, wide: true, initial, faults: ['bad_name'] });
const departmentOf = (about: About, label: [string, string]): Field =>
  choice('department', ...label, about.departments ?? [], { wide: true, list: true, initial: about.member?.department ?? about.departments?.[0]?.value ?? '', faults: ['unknown_department'] });
const rolesOf = (about: About): Field => many('roles', '岗位与角色', 'Roles', about.roles ?? [], { always: true, initial: about.member?.roles ?? [], faults: ['unknown_role'] });
const twoPeople: Words = { zh: '涉及权力的变动须由第二人确认后才生效（D11）。', en: 'What gives power takes effect once a second person has confirmed it (D11).' };

export const ofMembers: Record<string, Description> = {
  'member.join': {
    label: { zh: '新增成员', en: 'Add a person' },
    inPlace: true,
    fields: (about) => [
      name(),
      line('login', '用户名', 'Login', { most: 64, required: true, faults: ['bad_login', 'login_taken'] }),
      choice('language', '语言', 'Language', [option('zh', '中文', 'Chinese'), option('en', '英文', 'English')], { initial: 'zh' }),
      departmentOf(about, ['部门', 'Department']),
      rolesOf(about),
    ],
    says: () => twoPeople,
  },
  'member.rename': { label: { zh: '改名', en: 'Rename' }, inPlace: true, fields: (about) => [name(about.member?.name ?? '')] },
  'member.set_department': { label: { zh: '调部门', en: 'Move' }, inPlace: true, fields: (about) => [departmentOf(about, ['新部门', 'New department'])], says: () => twoPeople },
  'member.set_roles': { label: { zh: '改角色', en: 'Change roles' }, inPlace: true, fields: (about) => [rolesOf(about)], says: () => twoPeople },
  'member.set_superior': {
    label: { zh: '改上级', en: 'Change superior' },
    inPlace: true,
    fields: (about) => [
      member('superior', '上级（不选则没有）', 'Superior (none: nobody)', { wide: true, always: true, initial: about.member?.superior ?? 0, without: about.member ? [about.member.id] : [], faults: ['bad_superior'] }),
    ],
    says: () => twoPeople,
  },
  'member.leave': {
    label: { zh: '离职', en: 'Leave' },
    inPlace: true,
    danger: true,
    grave: { zh: '此人不能再登录，未完成的工作转给接手人。', en: 'They can log in no more, and what waits on them goes to their successor.' },
    fields: (about) => [
      member('successor', '接手人（有工作等着时必填）', 'Successor (needed where work waits on them)', { wide: true, without: about.member ? [about.member.id] : [], faults: ['bad_successor', 'successor_needed'] }),
      reason,
    ],
  },
  'member.erase': {
    label: { zh: '抹除个人数据', en: 'Erase personal data' },
    inPlace: true,
    danger: true,
    grave: { zh: '抹除后谁也不能恢复。', en: 'Nobody can bring it back.' },
    fields: () => [reason],
  },
  'member.confirm_change': { label: { zh: '确认人员变动', en: 'Confirm the change' }, verdict: 'pass', inPlace: true, fields: (about) => [given('number', about.change ?? 0)] },
  'member.decline_change': {
    label: { zh: '拒绝人员变动', en: 'Decline the change' }, verdict: 'reject', danger: true, inPlace: true, fields: (about) => [given('number', about.change ?? 0), reason],
  },
  'member.delegate': {
    label: { zh: '委托', en: 'Delegate' },
    fields: (about) => [
      member('to', '代理人', 'Who stands in', { required: true, wide: true, faults: ['bad_delegate', 'delegation_circle'], without: [about.me ?? 0] }),
      day('from', '第一天', 'First day', { initial: about.today ?? '' }),
      day('until', '最后一天', 'Last day', { required: false, hint: { zh: '不填则为常设代理', en: 'left empty: until it is ended' } }),
      reason,
    ],
  },
};
