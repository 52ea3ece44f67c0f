// Exact decimals as people and the wire write them, "-12.50". Pure.

interface Exact {
  /** Without its point. */
  digits: bigint;
  places: number;
}

function parse(text: string): Exact | null {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return null;
  const places = parts[3]?.length ?? 0;
  const digits = BigInt(parts[2]! + (parts[3] ?? ''));
  return { digits: parts[1] ? -digits : digits, places };
}

function write({ digits, places }: Exact): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return `${digits < 0n ? '-' : ''}${whole}${places ? `.${text.slice(text.length - places)}` : ''}`;
}

/** All of them together, as the wire has it; null where one of them is no decimal. Of none it is "0". */
export function sum(texts: readonly string[]): string | null {
  const all = texts.map(parse);
  if (all.includes(null)) return null;
  const places = Math.max(0, ...all.map((d) => d!.places));
  return write({ digits: all.reduce((to, d) => to + d!.digits * 10n ** BigInt(places - d!.places), 0n), places });
}

/** The first less the second, as the wire has it; null where one of them is no decimal. */
export function less(from: string, by: string): string | null {
  return parse(by) && sum([from, by.startsWith('-') ? by.slice(1) : `-${by}`]);
}

/** With a sign where it is more than 0 as well, as a change is read: "+1,200", "−0.5", "0.0". */
export function signed(text: string): string {
  return /^[-−+]|^[0.]*$/.test(text) ? grouped(text) : `+${grouped(text)}`;
}

/** `now` less `before` with its sign, to the last digit: "+1.2", "−0.05", "0"; null where one of them is no decimal. */
export function difference(before: string, now: string): string | null {
  const [from, to] = [parse(before), parse(now)];
  if (!from || !to) return null;
  const places = Math.max(from.places, to.places);
  const scaled = (d: Exact) => d.digits * 10n ** BigInt(places - d.places);
  const by = scaled(to) - scaled(from);
  if (by === 0n) return '0';
  const text = (by < 0n ? -by : by).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const rest = text.slice(text.length - places).replace(/0+$/, '');
  return `${by < 0n ? '−' : '+'}${whole}${rest ? `.${rest}` : ''}`;
}

/** Below 0: the first is less, 0: they are the same; null where one of them is no decimal. */
export function compare(a: string, b: string): number | null {
  const by = difference(b, a);
  return by === null ? null : by === '0' ? 0 : by.startsWith('−') ? -1 : 1;
}

/** As it is read: "1234567.50" is "1,234,567.50", and below 0 it has a minus. What is no decimal stays as it is. */
export function grouped(text: string): string {
  const parts = /^([-−+]?)(\d+)(\.\d+)?$/.exec(text);
  if (!parts) return text;
  const sign = parts[1] === '-' ? '−' : parts[1]!;
  return sign + parts[2]!.replace(/\B(?=(\d{3})+$)/g, ',') + (parts[3] ?? '');
}

/** By how many percent `now` is other than `before`, to one place: "+3.2", "−0.5", "0.0"; null where there is no such number. */
export function percentChange(before: string, now: string): string | null {
  const [from, to] = [parse(before), parse(now)];
  if (!from || !to || from.digits === 0n) return null;
  const places = Math.max(from.places, to.places);
  const scaled = (d: Exact) => d.digits * 10n ** BigInt(places - d.places);
  const base = scaled(from) < 0n ? -scaled(from) : scaled(from);
  const by = scaled(to) - scaled(from);
  // Half of a tenth goes away from zero.
  const tenths = ((by < 0n ? -by : by) * 2000n + base) / (base * 2n);
  const sign = tenths === 0n ? '' : by < 0n ? '−' : '+';
  return `${sign}${grouped(String(tenths / 10n))}.${tenths % 10n}`;
}

/** A share between 0 and 1 in percent: "0.9987" is "99.87"; null where it is no decimal. */
export function inPercent(share: string): string | null {
  const parts = parse(share);
  if (!parts) return null;
  const places = Math.max(0, parts.places - 2);
  const whole = parts.digits * 10n ** BigInt(Math.max(0, 2 - parts.places));
  const digits = (whole < 0n ? -whole : whole).toString().padStart(places + 1, '0');
  const rest = digits.slice(digits.length - places);
  return `${whole < 0n ? '-' : ''}${digits.slice(0, digits.length - places)}${places ? `.${rest}` : ''}`;
}
