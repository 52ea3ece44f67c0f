// Client of an opsroom server, in a page.

import type { Login } from './identity.js';
import type { Kinds } from './made/kinds.js';
import { page } from './platform.js';
import { noFiles, roomOf, type Room } from './room.js';

/** A room that is logged in: by the page's cookie, or with a login and a password. */
export async function connect<K = Kinds>(how: Login = {}): Promise<Room & K> {
  const room = roomOf<K>(how, page, noFiles);
  await room.open();
  return room;
}

export * from './everything.js';
