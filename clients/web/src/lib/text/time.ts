// Days and times as the department has them: its time zone is Asia/Shanghai (decision 6 of the handbook), whatever the
// reader's machine is set to.

const zone = 'Asia/Shanghai';
const day = 86_400_000;

// sv-SE writes dates as ISO does.
const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const made = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions, at: string | number): string {
  const key = locale + JSON.stringify(options);
  let f = made.get(key);
  if (!f) made.set(key, (f = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })));
  return f.format(typeof at === 'string' ? Date.parse(at) : at);
}

/** The day of a time, "2026-11-23". */
export function dayOf(at: string | number): string {
  return isoDay.format(typeof at === 'string' ? Date.parse(at) : at);
}

export function clockTime(locale: string, at: string): string {
  return format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at);
}

export function fullTime(locale: string, at: string): string {
  return format(locale, { dateStyle: 'long', timeStyle: 'medium' }, at);
}

/** A short day: "11月23日", "23 Nov", with the year where it isn't this one. `due` is a day, "2026-11-23". */
export function shortDay(locale: string, due: string, today: string): string {
  const sameYear = due.slice(0, 4) === today.slice(0, 4);
  return format(locale, { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) }, `${due}T12:00:00+08:00`);
}

/** A day as a heading: today, yesterday, or the date with its weekday. */
export function dayHeading(locale: string, at: string, today: string, words: { today: string; yesterday: string }): string {
  const that = dayOf(at);
  if (that === today) return words.today;
  if (that === dayOf(Date.parse(`${today}T12:00:00+08:00`) - day)) return words.yesterday;
  const sameYear = that.slice(0, 4) === today.slice(0, 4);
  return format(locale, { weekday: 'long', month: 'long', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) }, at);
}
