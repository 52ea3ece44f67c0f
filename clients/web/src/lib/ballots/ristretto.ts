// The group ristretto255 (RFC 9496), as far as checking a count takes it. The browser's own cryptography has Ed25519 as
// signatures only, and not the group beneath them. All that is computed with is public, so it need not take the same time
// for all values. Pure.

const p = 2n ** 255n - 19n;
/** The order of the group. */
export const order = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (x: bigint): bigint => {
  const r = x % p;
  return r < 0n ? r + p : r;
};
const isNegative = (x: bigint) => (x & 1n) === 1n;
const abs = (x: bigint) => (isNegative(x) ? p - x : x);

function power(base: bigint, exponent: bigint): bigint {
  let out = 1n;
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = (b * b) % p) if (e & 1n) out = (out * b) % p;
  return out;
}

const d = mod(-121665n * power(121666n, p - 2n));
const rootOfMinusOne = abs(power(2n, (p - 1n) / 4n));

/** Whether u/v is a square, and its non-negative root; of what is none, the root of that times the root of -1. */
function rootOfRatio(u: bigint, v: bigint): [boolean, bigint] {
  const v3 = (((v * v) % p) * v) % p;
  const v7 = (((v3 * v3) % p) * v) % p;
  const root = (((u * v3) % p) * power((u * v7) % p, (p - 5n) / 8n)) % p;
  const check = (v * ((root * root) % p)) % p;
  const flipped = check === mod(-u);
  const turned = flipped || check === mod(-u * rootOfMinusOne);
  return [check === u || flipped, abs(turned ? (root * rootOfMinusOne) % p : root)];
}

const [, rootOfAMinusD] = rootOfRatio(1n, mod(-1n - d));

/** A group element, in extended coordinates. */
export interface Point {
  x: bigint;
  y: bigint;
  z: bigint;
  t: bigint;
}

export const identity: Point = { x: 0n, y: 1n, z: 1n, t: 0n };

export function plus(a: Point, b: Point): Point {
  const A = ((a.y - a.x) * (b.y - b.x)) % p;
  const B = ((a.y + a.x) * (b.y + b.x)) % p;
  const C = ((a.t * b.t) % p) * 2n * d;
  const D = a.z * b.z * 2n;
  const E = (B - A) % p;
  const F = (D - C) % p;
  const G = (D + C) % p;
  const H = (B + A) % p;
  return { x: (E * F) % p, y: (G * H) % p, z: (F * G) % p, t: (E * H) % p };
}

function twice(a: Point): Point {
  const A = (a.x * a.x) % p;
  const B = (a.y * a.y) % p;
  const C = (2n * a.z * a.z) % p;
  const H = A + B;
  const E = (H - (a.x + a.y) * (a.x + a.y)) % p;
  const G = A - B;
  const F = (C + G) % p;
  return { x: (E * F) % p, y: (G * H) % p, z: (F * G) % p, t: (E * H) % p };
}

const minusOf = (a: Point): Point => ({ x: -a.x, y: a.y, z: a.z, t: -a.t });
export const minus = (a: Point, b: Point): Point => plus(a, minusOf(b));

/** s·A − c·B, both in one go. */
export function timesLess(s: bigint, a: Point, c: bigint, b: Point): Point {
  const less = minusOf(b);
  const both = plus(a, less);
  let out = identity;
  for (let bit = BigInt(Math.max(s.toString(2).length, c.toString(2).length)) - 1n; bit >= 0n; bit--) {
    out = twice(out);
    const one = (s >> bit) & 1n;
    const other = (c >> bit) & 1n;
    if (one && other) out = plus(out, both);
    else if (one) out = plus(out, a);
    else if (other) out = plus(out, less);
  }
  return out;
}

export const times = (s: bigint, a: Point): Point => timesLess(s, a, 0n, identity);

/** Little-endian. */
export function number(bytes: Uint8Array): bigint {
  let out = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) out = (out << 8n) | BigInt(bytes[i]!);
  return out;
}

/** Nothing where the bytes are not the one encoding that an element has. */
export function decode(bytes: Uint8Array): Point | null {
  if (bytes.length !== 32) return null;
  const s = number(bytes);
  if (s >= p || isNegative(s)) return null;
  const ss = (s * s) % p;
  const u1 = mod(1n - ss);
  const u2 = (1n + ss) % p;
  const u2s = (u2 * u2) % p;
  const v = mod(-d * u1 * u1 - u2s);
  const [isSquare, inverse] = rootOfRatio(1n, (v * u2s) % p);
  const x = abs(mod(2n * s * inverse * u2));
  const y = mod(u1 * inverse * inverse * u2 * v);
  const t = (x * y) % p;
  return !isSquare || isNegative(t) || y === 0n ? null : { x, y, z: 1n, t };
}

export function encode(a: Point): Uint8Array {
  const [x, y, z, t] = [mod(a.x), mod(a.y), mod(a.z), mod(a.t)];
  const u1 = mod((z + y) * (z - y));
  const u2 = (x * y) % p;
  const [, inverse] = rootOfRatio(1n, (u1 * ((u2 * u2) % p)) % p);
  const [d1, d2] = [(inverse * u1) % p, (inverse * u2) % p];
  const zInverse = (((d1 * d2) % p) * t) % p;
  const turned = isNegative((t * zInverse) % p);
  const outX = turned ? (y * rootOfMinusOne) % p : x;
  let outY = turned ? (x * rootOfMinusOne) % p : y;
  if (isNegative((outX * zInverse) % p)) outY = mod(-outY);
  let s = abs(mod((turned ? d1 * rootOfAMinusD : d2) * (z - outY)));
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++, s >>= 8n) bytes[i] = Number(s & 255n);
  return bytes;
}

export const base = decode(
  Uint8Array.from('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76'.match(/../g)!, (hex) => parseInt(hex, 16)),
)!;
