// Channels.

import type { Description } from './commands';
import { choice, line, option } from './make';

export const ofChannels: Record<string, Description> = {
  'channel.create': {
    label: { zh: '新建频道', en: 'New channel' },
    inPlace: true,
    fields: () => [
      line('name', '名称', 'Name', { required: true, most: 80, wide: true, faults: ['bad_name', 'name_taken'] }),
      line('description', '用途', 'What it is for', { wide: true }),
      choice('visibility', '谁能看到', 'Who sees it', [
        option('everyone', '所有人都能看到和加入', 'Everybody sees it and may join'), option('members_only', '仅受邀成员，其他人看不到', 'Those who are invited; nobody else sees it'),
      ], { wide: true, initial: 'everyone' }),
    ],
  },
};
