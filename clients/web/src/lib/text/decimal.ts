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
