// Ids of commands.

import { sha256 } from './sha256.js';

/** UUID version 7 (RFC 9562) from a Unix time in milliseconds and ten random bytes, so that the server's index of commands grows at its end. */
export function uuidV7(unixMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let rest = unixMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  return written(Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(''), '7');
}

export function newCommandId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** Made of what a command answers, so that a program that begins anew does nothing twice: UUID version 8, of a hash. */
export function idOf(...parts: readonly (string | number)[]): string {
  return written(sha256(parts.join('\0')), '8');
}

/** Of 32 hex digits or more, with the version and the variant in their places. */
function written(hex: string, version: string): string {
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), version + hex.slice(13, 16), variant + hex.slice(17, 20), hex.slice(20, 32)].join('-');
}
