// When a plan's deliveries are due, in one sentence. Pure.

import type { Language } from '@client/types';

export interface Schedule {
  rhythm: 'daily' | 'working_days' | 'weekly' | 'monthly';
  /** 1 is Monday. */
  weekday?: number;
  day_of_month?: number;
  /** Since midnight. */
  due_minutes: number;
  grace_minutes: number;
  settling_days: number;
}

const weekdays = { zh: ['一', '二', '三', '四', '五', '六', '日'], en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] };

/** "10:00" */
export const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** "2 小时", "1 hour 30 minutes"; empty: none. */
export function lasting(minutes: number, language: Language): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const counted = (n: number, zh: string, en: string) => (n === 0 ? [] : [language === 'zh' ? `${n} ${zh}` : `${n} ${en}${n === 1 ? '' : 's'}`]);
  return [...counted(hours, '小时', 'hour'), ...counted(rest, '分钟', 'minute')].join(' ');
}

function when(s: Schedule, language: Language): string {
  const zh = language === 'zh';
  switch (s.rhythm) {
    case 'daily':
      return zh ? '每日' : 'every day';
    case 'working_days':
      return zh ? '每个工作日' : 'each working day';
    case 'weekly': {
      const day = weekdays[language][(s.weekday ?? 1) - 1] ?? '';
      return zh ? `每周${day}` : `every ${day}`;
    }
    case 'monthly': {
      const day = s.day_of_month ?? 1;
      if (zh) return `每月 ${day} 日${day > 28 ? '（当月不足则为月末）' : ''}`;
      return `on day ${day} of each month${day > 28 ? ' (the last day where the month is shorter)' : ''}`;
    }
  }
}

/** "每个工作日 10:00 前，宽限 2 小时", "by 10:00 each working day, 2 hours of grace". */
export function scheduleText(s: Schedule, language: Language): string {
  const at = clockOf(s.due_minutes);
  const grace = lasting(s.grace_minutes, language);
  if (language === 'zh') return `${when(s, language)} ${at} 前，${grace ? `宽限 ${grace}` : '不宽限'}`;
  return `by ${at} ${when(s, language)}, ${grace ? `${grace} of grace` : 'no grace'}`;
}

/** Which days it covers, and when its figures stand. */
export function coversText(s: Schedule, language: Language): string {
  const zh = {
    daily: '含前一日的数据', working_days: '含上一工作日起各日的数据', weekly: '含上一周（周一至周日）的数据', monthly: '含上一月的数据',
  };
  const en = {
    daily: 'covers the day before', working_days: 'covers the days since the last working day', weekly: 'covers the week before (Monday to Sunday)', monthly: 'covers the month before',
  };
  const n = s.settling_days;
  if (language === 'zh') return `${zh[s.rhythm]}；${n ? `${n} 个工作日后不再变动` : '收到后即不再变动'}`;
  return `${en[s.rhythm]}; ${n ? `settled ${n} working ${n === 1 ? 'day' : 'days'} later` : 'settled at once'}`;
}
