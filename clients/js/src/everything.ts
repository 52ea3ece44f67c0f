// What a page and Node have alike.

export { Feed, type Change, type FeedHow } from './feed.js';
export { Files, typeOf, type Sending } from './files.js';
export type { Kinds, Lists } from './made/kinds.js';
export { List } from './list.js';
export { Live, type Around, type Socket } from './live.js';
export { limits, Machine, type Effect, type Phase } from './machine.js';
export { inStorage, Outbox, type Entry, type Kept } from './outbox.js';
export type { Platform } from './platform.js';
export { isProblem, problemOf, problems, Refused } from './problem.js';
export { Room, roomOf, Transaction, type Committed, type Dossier, type More } from './room.js';
export { react, Rows, Timeline, type Message } from './rows.js';
export * from './schema.js';
export { Sha256, sha256 } from './sha256.js';
export type * from './types.js';
export { idOf, newCommandId, uuidV7 } from './uuid.js';
export { Wire, type Login, type Query } from './wire.js';
