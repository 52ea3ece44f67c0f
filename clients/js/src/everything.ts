// What a page and Node have alike.

export { byName, Schema, type Give, type Target } from './commands.js';
export { Feed, type Change, type FeedHow } from './feed.js';
export { endings, Files, sendFile, typeOf, type Sending } from './files.js';
export type * from './flows.js';
export type { Beyond, Forms, Kinds, Lists } from './made/kinds.js';
export type { Login } from './identity.js';
export { List, readOn } from './list.js';
export { Live, type Around, type Socket } from './live.js';
export { limits, Machine, type Effect, type Phase, type Since } from './machine.js';
export { inStorage, Outbox, type Entry, type Kept } from './outbox.js';
export type { Platform } from './platform.js';
export { isProblem, problemOf, problems, Refused } from './problem.js';
export { Room, roomOf, Transaction, type Committed, type Dossier, type More } from './room.js';
export { Rows } from './rows.js';
export * from './schema.js';
export { Sha256, sha256 } from './sha256.js';
export { find, fold, merge, react, timelineOf, type Message, type Reaction, type Timeline } from './timeline.js';
export type * from './types.js';
export { idOf, newCommandId, uuidV7 } from './uuid.js';
export { Wire, type Asked, type Query } from './wire.js';
