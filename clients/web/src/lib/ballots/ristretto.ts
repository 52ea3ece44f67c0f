// The group ristretto255 (RFC 9496), in the words of the proofs: the browser's own cryptography has Ed25519 as signatures
// only, and not the group beneath them. All that is computed with is public, so it need not take the same time for all
// values. Pure.

import { ristretto255 } from '@noble/curves/ed25519';

const { Point: group } = ristretto255;
export type Point = typeof group.BASE;

/** The order of the group. */
export const order = group.Fn.ORDER;
export const identity = group.ZERO;
export const base = group.BASE;

export const plus = (a: Point, b: Point): Point => a.add(b);
export const minus = (a: Point, b: Point): Point => a.subtract(b);
export const times = (s: bigint, a: Point): Point => a.multiplyUnsafe(s);
/** s·A − c·B */
export const timesLess = (s: bigint, a: Point, c: bigint, b: Point): Point => minus(times(s, a), times(c, b));

/** Little-endian. */
export function number(bytes: Uint8Array): bigint {
  let out = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) out = (out << 8n) | BigInt(bytes[i]!);
  return out;
}

/** Nothing where the bytes are not the one encoding that an element has. */
export function decode(bytes: Uint8Array): Point | null {
  try {
    return group.fromBytes(bytes);
  } catch {
    return null;
  }
}

export const encode = (a: Point): Uint8Array => a.toBytes();
