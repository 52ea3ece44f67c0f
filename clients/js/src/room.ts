// The room: one login at one server, and all that can be asked of it.

import { byName, Schema } from './commands.js';
import { Feed, type FeedHow } from './feed.js';
import { Files } from './files.js';
import type { Action, DocumentDossier, DossierOf, Found, Step, Wait } from './flows.js';
import { Identity, type Login } from './identity.js';
import type { Beyond, Forms, Kinds, Lists } from './made/kinds.js';
import { List } from './list.js';
import { Live } from './live.js';
import { inStorage, Outbox, type Kept } from './outbox.js';
import type { Platform } from './platform.js';
import type { SchemaDocument } from './schema.js';
import type { Ack, Envelope, Member, Page, Row, Told } from './types.js';
import { newCommandId } from './uuid.js';
import { Wire, type Query } from './wire.js';

const searchRows = 100;

export interface More {
  /** The version that was seen. */
  expect?: number;
  id?: string;
  /** In a page that is being left: it is sent all the same. */
  keepalive?: boolean;
}

export interface Dossier extends Row {
  status: string;
  version: number;
  history: Envelope[];
  actions: Action[];
  /** Of what goes through a flow. */
  waits?: Wait[];
  steps?: Step[];
  forms?: DocumentDossier['forms'];
}

export interface Committed {
  type: 'ack' | 'dry_run';
  ok?: boolean;
  position: number;
  events: number;
  commands: number;
  created: string[];
}

/** Commands that happen all together or not at all. Each answers what its result is called in later ones. */
export class Transaction {
  readonly commands: { command: string; target?: string; expect?: number; data: Record<string, unknown> }[] = [];

  constructor(
    private readonly wire: Wire,
    readonly id = newCommandId(),
  ) {}

  command(command: string, target: string | null = null, data: Record<string, unknown> = {}, more: More = {}): string {
    this.commands.push({ command, ...(target === null ? {} : { target }), ...(more.expect === undefined ? {} : { expect: more.expect }), data });
    return `#${this.commands.length - 1}`;
  }

  /** Throws Refused with `refused`, by index, where any was. A dry run answers what would come of it. */
  commit(dryRun = false): Promise<Committed> {
    return this.wire.ask('POST', 'transactions', { body: { dry_run: dryRun, commands: this.commands }, key: dryRun ? newCommandId() : this.id });
  }
}

export class Room {
  readonly wire: Wire;
  readonly files: Files;
  me!: Member;
  #schema!: Schema;
  #fileOf: (path: string) => Kept;
  #live: Live | null = null;
  #feeds = new Map<string, Feed>();
  #outboxes: Outbox[] = [];

  constructor(how: Login, platform: Platform, fileOf: (path: string) => Kept) {
    this.wire = new Wire(how, platform);
    this.wire.identity = new Identity(this.wire, how, platform.cookies);
    this.files = new Files(this.wire, platform);
    this.#fileOf = fileOf;
  }

  /** Logs in, and reads who that is and what kinds of documents there are. */
  async open(): Promise<this> {
    this.me = await this.wire.ask<Member>('GET', 'session');
    await this.schema(true);
    return this;
  }

  async close(): Promise<void> {
    for (const box of this.#outboxes) box.close();
    for (const feed of this.#feeds.values()) feed.close();
    this.#live?.stop();
    await this.wire.identity?.end();
  }

  /** The live socket, for who wants more of it than feeds: commands over it, typing. */
  get live(): Live {
    if (!this.#live) {
      this.#live = new Live({
        member: this.me.id,
        open: () => this.wire.open(),
        probe: () => this.wire.ask('GET', 'session'),
        told: (frame) => this.#told(frame),
      });
      this.#live.start();
    }
    return this.#live;
  }

  /** What its requests are made with, where that is no cookie. */
  get token(): string | null {
    return this.wire.identity?.token ?? null;
  }

  get connected(): boolean {
    return this.#live?.phase === 'live';
  }

  // Commands.

  /** Gives a command. Asked again over lost connections under the same id, so that it happens once. */
  command(command: string, target: string | null = null, data: Record<string, unknown> = {}, { expect, id, keepalive = false }: More = {}): Promise<Ack> {
    const body = { ...(target === null ? {} : { target }), ...(expect === undefined ? {} : { expect }), data };
    return this.wire.ask<Ack>('POST', `commands/${command}`, { body, key: id ?? newCommandId(), keepalive });
  }

  transaction(id?: string): Transaction & Kinds<string> {
    const t = new Transaction(this.wire, id);
    return withKinds<Transaction, Kinds<string>>(t, () => this.#schema, (...said) => t.command(...said));
  }

  /** Commands that outlive this program and the server's absence. `where`: a file in Node, or what keeps them. */
  outbox(where: string | Kept): Outbox & Kinds<string> {
    const kept = typeof where === 'string' ? this.#fileOf(where) : where;
    const box = new Outbox(kept, (command, target, data, more) => this.command(command, target, data, more));
    this.#outboxes.push(box);
    return withKinds<Outbox, Kinds<string>>(box, () => this.#schema, (...said) => box.put(...said));
  }

  // Reading.

  /** What kinds of documents there are, with their fields, commands and words. */
  async schema(again = false): Promise<Schema> {
    if (again || !this.#schema) this.#schema = new Schema(await this.wire.ask<SchemaDocument>('GET', 'schema', { cache: 'no-cache' }), this.me.language);
    return this.#schema;
  }

  /** What is known of kinds already. */
  described(): Schema | undefined {
    return this.#schema;
  }

  /** Whatever the server answers at /api/v1/PATH. */
  get<T = unknown>(path: string, query: Query = {}): Promise<T> {
    return this.wire.ask<T>('GET', path, { query });
  }

  /** Rows of a list, filtered and sorted by the server; `as_of` (a position, a day or a time) is the list as it was. */
  list<Name extends keyof Lists>(path: Name, query?: Query): List<Lists[Name]>;
  list<R = Row>(path: string, query?: Query): List<R>;
  list(path: string, query: Query = {}): List<unknown> {
    return new List(this.wire, path, query);
  }

  /** One document with what was said, what may be done now, and its history; of a list: "requests", 5. */
  dossier<Name extends keyof Forms>(path: Name, id: number | string, query?: Query): Promise<Lists[Name] & Beyond[Name] & DossierOf<Forms[Name]>>;
  dossier<T = Dossier>(path: string, id: number | string, query?: Query): Promise<T>;
  dossier(path: string, id: number | string, query: Query = {}): Promise<unknown> {
    return this.get(`${path}/${id}`, query);
  }

  async history(path: string, id: number | string): Promise<Envelope[]> {
    return (await this.dossier(path, id)).history;
  }

  search<R = Found>(words: string, query: Query = {}): List<R> {
    return new List<R>(this.wire, 'search', { q: words, ...query }, searchRows);
  }

  /** What happens, as it happens. The same name is the same feed, until it is closed. */
  feed(name: string, how: FeedHow = {}): Feed {
    const known = this.#feeds.get(name);
    if (known && !known.closed && !known.ended) {
      if (how.since !== undefined && how.since !== known.mark) throw new Error(`${name} is followed already: close it first`);
      return known;
    }
    const around = {
      live: () => this.live,
      readPage: (path: string, cursor: string) => this.wire.ask<Page>('GET', path, { query: { cursor, limit: 200 } }),
    };
    const feed = new Feed(name, around, how);
    this.#feeds.set(name, feed);
    return feed;
  }

  #told(frame: Told): void {
    switch (frame.type) {
      case 'snapshot':
      case 'events':
      case 'subscribed':
      case 'ended':
        return this.#feeds.get(frame.feed)?.told(frame);
      case 'presence':
        return this.#feeds.get('presence')?.told(frame);
      case 'typing':
        return this.#feeds.get(`channel/${frame.channel}`)?.told(frame);
    }
  }
}

/** With each kind by its name, as the schema has it. */
export function withKinds<T extends object, K>(of: T, schema: () => Schema | undefined, give: (c: string, t: string | null, d: Record<string, unknown>, m: More) => unknown): T & K {
  return new Proxy(of, {
    get(target, name) {
      const known = Reflect.get(target, name, target) as unknown;
      if (typeof known === 'function') return known.bind(target) as unknown;
      if (known !== undefined || typeof name !== 'string') return known;
      const kind = schema()?.kind(name);
      return kind && byName(schema()!, kind, give);
    },
  }) as T & K;
}

/** A room without a connection yet: `open()` logs in. Its kinds are known from then on. */
export function roomOf<K = Kinds>(how: Login, platform: Platform, fileOf: (path: string) => Kept): Room & K {
  const room = new Room(how, platform, fileOf);
  return withKinds<Room, K>(room, () => room.described(), (...said) => room.command(...said));
}

export const noFiles = (path: string): Kept => {
  if (typeof localStorage === 'undefined') throw new TypeError(`there are no files here: give what keeps ${path}`);
  return inStorage(localStorage, path);
};
