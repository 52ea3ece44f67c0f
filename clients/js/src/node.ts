// Client of an opsroom server, in Node: a token says who one is, outboxes are files.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { webcrypto } from 'node:crypto';

import type { Login } from './identity.js';
import type { Kinds } from './made/kinds.js';
import type { Socket } from './live.js';
import type { Entry, Kept } from './outbox.js';
import type { Platform } from './platform.js';
import { roomOf, type Room } from './room.js';

// Node 18 has it, and not by this name.
(globalThis as { crypto?: unknown }).crypto ??= webcrypto;

/** Node's own WebSocket (22 on) takes headers; before that it is the package `ws`. */
async function open(url: string, protocol: string, headers: Record<string, string>): Promise<Socket> {
  if (typeof WebSocket !== 'undefined') return new WebSocket(url, { protocols: [protocol], headers } as unknown as string[]) as unknown as Socket;
  const name = 'ws';
  const found = (await import(name).catch(() => {
    throw new Error('This Node has no WebSocket: npm install ws, or use Node 22.');
  })) as { default: new (url: string, protocols: string[], how: object) => Socket };
  return new found.default(url, [protocol], { headers });
}

const node: Platform = {
  cookies: false,
  open,
  readFile: async (path) => ({ name: basename(path), content: await readFile(path) }),
};

/** Commands in a file, a line of JSON each: what was put, and below it what came of it. Nothing is acknowledged before it is on the disk. */
export function inFile(path: string): Kept {
  const known = new Map<string, Entry>();
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      if (!line) continue;
      let said: Entry | { done: string };
      try {
        said = JSON.parse(line) as Entry | { done: string };
      } catch {
        continue;  // cut off while it was written: it was never acknowledged
      }
      if ('done' in said) known.delete(said.done);
      else known.set(said.id, said);
    }
  }
  // What is done is left behind.
  const begun = `${path}.new`;
  let file = openSync(begun, 'w', 0o600);
  for (const entry of known.values()) writeSync(file, `${JSON.stringify(entry)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(begun, path);
  file = openSync(path, 'a');
  const append = (said: unknown) => {
    writeSync(file, `${JSON.stringify(said)}\n`);
    fsyncSync(file);
  };
  return { read: () => [...known.values()], put: append, drop: (id) => append({ done: id }), close: () => closeSync(file) };
}

/** A room that is not logged in yet: its outbox takes commands all the same; `open()` logs in. */
export function room<K = Kinds>(how: Login & { url: string }): Room & K {
  return roomOf<K>(how, node, inFile);
}

/** A room that is logged in, with a token or with a login and a password (a token is made of that, and ended with the room). */
export async function connect<K = Kinds>(how: Login & { url: string }): Promise<Room & K> {
  const made = room<K>(how);
  await made.open();
  return made;
}

export * from './everything.js';
