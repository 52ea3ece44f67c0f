import { describe, expect, it } from 'vitest';

import { checkCount, type SealedCount } from '../src/lib/ballots/count';
import { base, decode, encode, identity, minus, order, plus, times, timesLess } from '../src/lib/ballots/ristretto';
import counted from './counted.json';

const hex = (bytes: Uint8Array) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const bytes = (text: string) => Uint8Array.from(text.match(/../g)!, (h) => parseInt(h, 16));

describe('ristretto255', () => {
  it('has the small multiples of the generator that RFC 9496 gives (A.1)', () => {
    const expected = [
      '0000000000000000000000000000000000000000000000000000000000000000', 'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76',
      '6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919', '94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259',
      'da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57',
    ];
    let sum = identity;
    for (const [n, code] of expected.entries()) {
      expect(hex(encode(sum))).toBe(code);
      expect(hex(encode(times(BigInt(n), base)))).toBe(code);
      expect(hex(encode(decode(bytes(code))!))).toBe(code);
      sum = plus(sum, base);
    }
  });

  it('has the order that it has, and takes differences', () => {
    const a = times(123456789n, base);
    expect(encode(plus(times(order - 1n, base), base))).toEqual(encode(identity));
    expect(encode(minus(a, a))).toEqual(encode(identity));
    expect(encode(timesLess(order - 5n, a, 7n, base))).toEqual(encode(times(order - (5n * 123456789n + 7n), base)));
  });

  it('takes no encoding but the one of each element (A.2)', () => {
    for (const bad of [
      '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', '0100000000000000000000000000000000000000000000000000000000000000',
      '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371', 'e2f2ae0a',
    ]) expect(decode(bytes(bad))).toBeNull();
  });
});

describe('a count', () => {
  const given = counted as SealedCount;
  const check = (change: (c: SealedCount) => void) => {
    const c = structuredClone(given);
    change(c);
    return checkCount(c, () => {});
  };
  /** The base64 with one bit of a byte turned. */
  const turned = (text: string, at: number) => {
    const all = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    all[at]! ^= 1;
    return btoa(String.fromCharCode(...all));
  };

  it('that the server made holds, and says of each ballot that it is done', async () => {
    const done: number[] = [];
    expect(await checkCount(given, (n) => void done.push(n))).toEqual({ verdict: 'holds', invalid: [] });
    expect(done).toEqual([1, 2, 3]);
  });

  it('holds no more where anything was changed', async () => {
    const swap = (c: SealedCount) => ([c.totals[0]!.votes, c.totals[1]!.votes] = [c.totals[1]!.votes, c.totals[0]!.votes]);
    expect(await check(swap)).toMatchObject({ verdict: 'wrong_total', nominee: given.totals[0]!.nominee });
    expect(await check((c) => (c.ballots[1]!.ballot = turned(c.ballots[1]!.ballot, 64)))).toEqual({ verdict: 'wrong_invalid', invalid: [given.ballots[1]!.voter] });
    expect(await check((c) => (c.ballots[0]!.voter = 999))).toMatchObject({ verdict: 'wrong_invalid', invalid: [999] });
    expect(await check((c) => c.ballots.pop())).toMatchObject({ verdict: 'bad_opening' });
    expect(await check((c) => c.ballots.push(c.ballots[0]!))).toMatchObject({ verdict: 'voter_twice' });
    expect(await check((c) => (c.proof = turned(c.proof, 96 + 40)))).toMatchObject({ verdict: 'bad_opening', nominee: given.totals[1]!.nominee });
    expect(await check((c) => (c.proof = ''))).toMatchObject({ verdict: 'bad_opening' });
    expect(await check((c) => (c.key = btoa('\0'.repeat(32))))).toMatchObject({ verdict: 'bad_key' });
    expect(await check((c) => (c.invalid = 1))).toMatchObject({ verdict: 'wrong_invalid' });
  });
});
