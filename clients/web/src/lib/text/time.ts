// Days and times as the department has them, whatever the reader's machine is set to. How far it is ahead of UTC is the
// server's word (state/zone); until that is known, China's.

const day = 86_400_000;
let offset = 8 * 3_600_000;

export function setOffset(minutes: number): void {
  offset = minutes * 60_000;
}

const made = new Map<string, Intl.DateTimeFormat>();

// A time is moved by the offset and then written as if it were UTC: not every browser knows zones that are no place.
function format(locale: string, options: Intl.DateTimeFormatOptions, at: number): string {
  const key = locale + JSON.stringify(options);
  let f = made.get(key);
  if (!f) made.set(key, (f = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })));
  return f.format(at);
}

const here = (at: string | number) => (typeof at === 'string' ? Date.parse(at) : at) + offset;

/** The day of a time, "2026-11-23". */
export function dayOf(at: string | number): string {
  return new Date(here(at)).toISOString().slice(0, 10);
}

/** The day so many days after another. */
export function dayAfter(from: string, days: number): string {
  return new Date(Date.parse(`${from}T12:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** How many days from one day to another; below 0: that is past. */
export function daysUntil(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / day);
}

export function clockTime(locale: string, at: string): string {
  return format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, here(at));
}

export function fullTime(locale: string, at: string): string {
  return format(locale, { dateStyle: 'long', timeStyle: 'medium' }, here(at));
}

/** A time as "2026-11-23T09:30", as the department has it; and the time that it is; empty where it is none. */
export function localOf(at: string): string {
  return new Date(here(at)).toISOString().slice(0, 16);
}

export function instantOf(local: string): string {
  const at = Date.parse(`${local}Z`) - offset;
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}

/** A short day: "11月23日", "23 Nov", with the year where it isn't this one. `due` is a day, "2026-11-23". */
export function shortDay(locale: string, due: string, today: string): string {
  const sameYear = due.slice(0, 4) === today.slice(0, 4);
  return format(locale, { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) }, Date.parse(`${due}T12:00:00Z`));
}

/** A moment in few letters: the time alone where it is of today. */
export function shortTime(locale: string, at: string, today: string): string {
  const that = dayOf(at);
  return that === today ? clockTime(locale, at) : `${shortDay(locale, that, today)} ${clockTime(locale, at)}`;
}

/** A day as a heading: today, yesterday, or the date with its weekday. */
export function dayHeading(locale: string, at: string, today: string, words: { today: string; yesterday: string }): string {
  const that = dayOf(at);
  if (that === today) return words.today;
  if (that === dayAfter(today, -1)) return words.yesterday;
  const sameYear = that.slice(0, 4) === today.slice(0, 4);
  return format(locale, { weekday: 'long', month: 'long', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) }, Date.parse(`${that}T12:00:00Z`));
}

/** Working time in few letters: "3 h 20 min", "2 小时"; working days of `perDay` minutes from three of them on. */
export function workingTime(minutes: number, words: { days: string; hours: string; minutes: string }, perDay = 480): string {
  if (minutes >= 3 * perDay) return `${Math.round((minutes / perDay) * 10) / 10} ${words.days}`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours && rest && hours < 8) return `${hours} ${words.hours} ${rest} ${words.minutes}`;
  return hours ? `${Math.round(minutes / 6) / 10} ${words.hours}` : `${rest} ${words.minutes}`;
}

/** The offset nearest to the one assumed for which it is `today` at this instant; null: it is already. */
export function offsetFor(today: string, now: number, assumedMinutes: number): number | null {
  const midnight = Date.parse(`${today}T00:00:00Z`);
  const least = Math.ceil((midnight - now) / 60_000);
  const most = Math.floor((midnight + day - 1 - now) / 60_000);
  if (assumedMinutes >= least && assumedMinutes <= most) return null;
  // Whole quarters of an hour are all that there are.
  return assumedMinutes < least ? Math.ceil(least / 15) * 15 : Math.floor(most / 15) * 15;
}
