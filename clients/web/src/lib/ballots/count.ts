// Checks the count of an election from its sealed ballots alone (D7), as `opsroom election verify` does: every ballot is for
// exactly one nominee, their sums are what was opened, and the totals are what came out. Exponential ElGamal over
// ristretto255, as GET /api/v1/elections/{}/ballots gives it; SHA-512 is the browser's own.

import { base, decode, encode, identity, minus, number, order, plus, times, timesLess, type Point } from './ristretto';

/** Of GET /api/v1/elections/{}/ballots; what is sealed is base64. */
export interface SealedCount {
  counted: boolean;
  key: string;
  nominees: number[];
  totals: { nominee: number; votes: number }[];
  invalid: number;
  proof: string;
  ballots: { voter: number; ballot: string }[];
}

export type CountVerdict = 'holds' | 'bad_key' | 'voter_twice' | 'wrong_invalid' | 'bad_opening' | 'wrong_total';

export interface CheckedCount {
  verdict: CountVerdict;
  /** Whose sum or total is at fault. */
  nominee?: number;
  /** Whose ballot is none. */
  invalid: number[];
}

const size = 32;
const entryElements = 6; // A B c0 c1 z0 z1
const openingElements = 3; // D c z

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

const element = (bytes: Uint8Array, n: number) => bytes.subarray(n * size, (n + 1) * size);
const scalar = (bytes: Uint8Array): bigint | null => {
  const n = number(bytes);
  return n < order ? n : null;
};

/** What a proof's challenge is the hash of: a label with its length, numbers of 64 bits, elements. */
async function challenge(label: string, ...parts: (number | Point | Uint8Array)[]): Promise<bigint> {
  const text = new TextEncoder().encode(label);
  const all = new Uint8Array(8 + text.length + parts.reduce<number>((n, part) => n + (typeof part === 'number' ? 8 : size), 0));
  const view = new DataView(all.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  all.set(text, 8);
  let at = 8 + text.length;
  for (const part of parts) {
    if (typeof part === 'number') view.setBigUint64(at, BigInt(part), true);
    else all.set(part instanceof Uint8Array ? part : encode(part), at);
    at += typeof part === 'number' ? 8 : size;
  }
  return number(new Uint8Array(await crypto.subtle.digest('SHA-512', all))) % order;
}

interface Sums {
  a: Point;
  b: Point;
}
const nothing: Sums = { a: identity, b: identity };
const together = (x: Sums, y: Sums): Sums => ({ a: plus(x.a, y.a), b: plus(x.b, y.b) });

async function readEntry(bytes: Uint8Array, key: Point, voter: number, nominee: number): Promise<Sums | null> {
  const [a, b] = [decode(element(bytes, 0)), decode(element(bytes, 1))];
  const [c0, c1, z0, z1] = [2, 3, 4, 5].map((n) => scalar(element(bytes, n))) as [bigint | null, bigint | null, bigint | null, bigint | null];
  if (!a || !b || c0 === null || c1 === null || z0 === null || z1 === null) return null;
  const c = await challenge(
    'opsroom ballot entry v1', encode(key), voter, nominee, a, b,
    timesLess(z0, base, c0, a), timesLess(z0, key, c0, b), timesLess(z1, base, c1, a), timesLess(z1, key, c1, minus(b, base)),
  );
  return c === (c0 + c1) % order ? { a, b } : null;
}

/** The ballot's encryptions, by nominee; nothing where it is no ballot for exactly one. */
async function readBallot(bytes: Uint8Array, key: Point, voter: number, nominees: number): Promise<Sums[] | null> {
  if (bytes.length !== (nominees * entryElements + 2) * size) return null;
  const all: Sums[] = [];
  let whole = nothing;
  for (let n = 0; n < nominees; n++) {
    const entry = await readEntry(bytes.subarray(n * entryElements * size), key, voter, n);
    if (!entry) return null;
    all.push(entry);
    whole = together(whole, entry);
  }
  const last = bytes.subarray(nominees * entryElements * size);
  const [c, z] = [scalar(element(last, 0)), scalar(element(last, 1))];
  if (c === null || z === null) return null;
  const expected = await challenge(
    'opsroom ballot sum v1', encode(key), voter, whole.a, whole.b, timesLess(z, base, c, whole.a), timesLess(z, key, c, minus(whole.b, base)),
  );
  return expected === c ? all : null;
}

/** The sum as it was opened; nothing where it was not opened rightly. */
async function readOpening(bytes: Uint8Array, key: Point, nominee: number, a: Point): Promise<Point | null> {
  const opened = decode(element(bytes, 0));
  const [c, z] = [scalar(element(bytes, 1)), scalar(element(bytes, 2))];
  if (!opened || c === null || z === null) return null;
  const expected = await challenge('opsroom tally v1', encode(key), nominee, a, opened, timesLess(z, base, c, key), timesLess(z, a, c, opened));
  return expected === c ? opened : null;
}

const isSame = (a: Point, b: Point) => encode(a).every((byte, i) => byte === encode(b)[i]);

/** Tells after every ballot how many are done. Needs the browser's SHA-512, which it has on localhost and over HTTPS. */
export async function checkCount(of: SealedCount, done: (ballots: number) => void | Promise<void>): Promise<CheckedCount> {
  const found: CheckedCount = { verdict: 'holds', invalid: [] };
  const no = (verdict: CountVerdict, n?: number): CheckedCount => ({ ...found, verdict, ...(n === undefined ? {} : { nominee: of.totals[n]!.nominee }) });
  const key = decode(bytesOf(of.key));
  if (!key || isSame(key, identity)) return no('bad_key');
  if (new Set(of.ballots.map((b) => b.voter)).size !== of.ballots.length) return no('voter_twice');
  let sums = of.totals.map(() => nothing);
  for (const [i, { voter, ballot }] of of.ballots.entries()) {
    const read = await readBallot(bytesOf(ballot), key, voter, of.totals.length);
    if (read) sums = sums.map((sum, n) => together(sum, read[n]!));
    else found.invalid.push(voter);
    await done(i + 1);
  }
  if (found.invalid.length !== of.invalid) return no('wrong_invalid');
  const proof = bytesOf(of.proof);
  if (proof.length !== of.totals.length * openingElements * size) return no('bad_opening');
  for (const [n, { a, b }] of sums.entries()) {
    const opened = await readOpening(proof.subarray(n * openingElements * size), key, n, a);
    if (!opened) return no('bad_opening', n);
    if (!isSame(minus(b, opened), times(BigInt(of.totals[n]!.votes), base))) return no('wrong_total', n);
  }
  return found;
}
