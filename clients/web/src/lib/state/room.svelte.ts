// Everything that one logged-in page knows, kept up to date by its live socket.

import { readOn } from '@client/list';
import { Live } from '@client/live';
import type { Phase } from '@client/machine';
import { problemOf } from '@client/problem';
import type { Ack, Events, Language, Member, Page, Problem, Snapshot, Told } from '@client/types';

import { http, wire } from '../wire/http';
import type { Channel, InboxItem, InboxPage, Reset, Status, Task } from '../wire/types';
import { isShared } from '../text/names';
import { speech } from '../../i18n/index.svelte';
import { describe } from '../forms/commands';
import { Drafts } from '../forms/drafts.svelte';
import { Books } from './books.svelte';
import { OpenChannel } from './channel.svelte';
import { besideIt, Held, type Verdict } from './held.svelte';
import { Offers } from './offers.svelte';
import { Rows } from './rows.svelte';
import { listOf } from './schema.svelte';
import { isAmongOpen } from './tasks';

/** Channels that stay subscribed after they were left, so that going back shows them at once. */
const openMost = 6;
const typingLasts = 5_000;
const typingEvery = 3_000;
/** How often it is looked for verdicts that an earlier page left behind. */
const adoptEvery = 5_000;

export interface Notice {
  key: number;
  problem: Problem;
  /** What was refused, and where it is, where that does not stand beside it. */
  about?: { command: string; target: string; title: string };
}

/** What a feed may say to whoever watches it. */
export type Heard = Snapshot | Events | Extract<Told, { type: 'ended' }>;
type Watcher = (frame: Heard) => void;

export class Room {
  readonly members = new Rows<Member>();
  readonly tasks = new Rows<Task>();
  readonly channels = new Rows<Channel>();
  /** Where the closed tasks begin that were not read yet; null: all of them are here. */
  olderTasks = $state<string | null>(null);
  loadingOlder = $state(false);
  inbox = $state.raw<readonly InboxItem[]>([]);
  /** How many wait after those in `inbox`. */
  beyond = $state(0);
  online = $state.raw<ReadonlySet<number>>(new Set());
  phase = $state<Phase>('stopped');
  /** Whether it was live once: before that the page is loading rather than disconnected. */
  wasLive = $state(false);
  notices = $state.raw<readonly Notice[]>([]);
  /** Of the reader's password, that they have not taken note of. */
  resets = $state.raw<readonly Reset[]>([]);
  /** The task that changed its column last, to be said aloud. */
  lastMove = $state.raw<{ id: number; status: Status } | null>(null);

  readonly live: Live;
  readonly books = new Books();
  readonly offers = new Offers((project) => http.creating(project));
  readonly drafts: Drafts;
  readonly held: Held;
  #watchers = new Map<string, Set<Watcher>>();
  #open = new Map<number, OpenChannel>();
  #typing = $state.raw<readonly { channel: number; member: number; until: number }[]>([]);
  #typingSent = new Map<number, number>();
  #noticeKey = 0;
  #adopting: ReturnType<typeof setInterval> | undefined;
  #leaves = () => {
    for (const channel of this.#open.values()) for (const post of channel.unsent) this.held.entrust(post);
    this.held.leave();
  };
  #asks = (e: BeforeUnloadEvent) => this.held.wouldLose && e.preventDefault();
  /** How often each list began anew. */
  #begun = new Map<string, number>();

  constructor(
    readonly myId: number,
    private readonly ended: () => void,
  ) {
    this.live = new Live({
      member: myId,
      open: () => wire.open(),
      probe: () => http.whoAmI(),
      told: (frame) => this.#told(frame),
      phase: (phase) => {
        this.phase = phase;
        if (phase === 'live') this.wasLive = true;
        if (phase === 'logged_out') this.ended();
      },
    });
    this.drafts = new Drafts(myId);
    this.held = new Held(myId, {
      send: (verdict) => this.#sendHeld(verdict),
      leave: (verdict) => http.leave(verdict),
      acked: ({ draft }) => draft !== undefined && this.drafts.drop(draft),
      refused: (verdict, problem) => this.#refused(verdict, problem),
    });
  }

  start(): void {
    for (const feed of ['directory', 'board', 'channels']) this.live.subscribe(feed);
    for (const feed of ['inbox', 'presence']) this.live.subscribe(feed, 'anew');
    this.live.start();
    addEventListener('pagehide', this.#leaves);
    addEventListener('beforeunload', this.#asks);
    this.#adopting = setInterval(() => this.connected && this.held.adopt(), adoptEvery);
  }

  stop(): void {
    this.live.stop();
    this.held.stop();
    removeEventListener('pagehide', this.#leaves);
    removeEventListener('beforeunload', this.#asks);
    clearInterval(this.#adopting);
  }

  get me(): Member | undefined {
    return this.members.get(this.myId);
  }

  /** How much waits on the reader: tasks and steps of flows. Channels have numbers of their own, and what one is told no number. */
  get waits(): number {
    return this.inbox.reduce((n, i) => n + (i.kind === 'task' || i.kind === 'flow' ? 1 : 0), 0) + this.beyond;
  }

  get connected(): boolean {
    return this.phase === 'live';
  }

  /** What a person is called on the screen. */
  nameOf(id: number): string {
    const { person } = speech.t;
    if (id === 0) return person.system;
    const member = this.members.get(id);
    if (!member) return person.unknown(id);
    if (member.name === null) return member.status === 'erased' ? person.erased : person.unreadable;
    return isShared(member, this.members.all) ? `${member.name} (${member.login ? '@' + member.login : '#' + id})` : member.name;
  }

  /** Who did it; and in whose place (D13). */
  byOf(event: { actor: number; in_place_of?: number }): string {
    const by = this.nameOf(event.actor);
    return event.in_place_of ? speech.t.person.inPlaceOf(by, this.nameOf(event.in_place_of)) : by;
  }

  /** Opens a channel, subscribing to it; the one that was left longest ago is let go. */
  open(id: number): OpenChannel {
    let channel = this.#open.get(id);
    if (!channel) channel = new OpenChannel(id, this.live, this.drafts.kept);
    this.#open.delete(id);
    this.#open.set(id, channel);
    this.live.subscribe(channel.target);
    for (const [old, left] of this.#open) {
      if (this.#open.size <= openMost) break;
      if (left.pending.length || left.draft) continue;  // what somebody wrote is not thrown away
      this.#open.delete(old);
      this.live.unsubscribe(`channel/${old}`);
    }
    return channel;
  }

  /** Subscribes to a feed, or joins who watches it already, until the function returned is called. */
  watch(feed: string, watcher: Watcher): () => void {
    const all = this.#watchers.get(feed) ?? new Set();
    this.#watchers.set(feed, all.add(watcher));
    if (all.size === 1) this.live.subscribe(feed, 'anew');
    else this.live.refresh(feed);  // it wants a first word, too
    return () => {
      if (!all.delete(watcher) || all.size) return;
      this.#watchers.delete(feed);
      this.live.unsubscribe(feed);
    };
  }

  /** Runs a command for which there is no form to show a refusal in: it becomes a notice. */
  async attempt(command: string, target: string, data: Record<string, unknown>): Promise<boolean> {
    try {
      await this.live.send(command, target, data);
      return true;
    } catch (why) {
      this.notify(problemOf(why));
      return false;
    }
  }

  /** A draft that is thrown away from elsewhere than where it was written. */
  forgetDraft(key: string): void {
    const channel = /^channel\.post channel\/(\d+)$/.exec(key);
    if (channel) this.#open.get(Number(channel[1]))?.throwDraftAway();
    this.drafts.throwAway(key);
  }

  notify(problem: Problem, about?: Notice['about']): void {
    this.notices = [...this.notices.slice(-3), { key: ++this.#noticeKey, problem, ...(about ? { about } : {}) }];
  }

  async #sendHeld(verdict: Verdict): Promise<Ack> {
    const { command, target, data, expect, id } = verdict;
    try {
      return await this.live.send(command, target, data, { id, ...(expect === undefined ? {} : { expect }) });
    } catch (why) {
      const beside = describe(command)?.beside;
      if (!beside || expect === undefined || problemOf(why).code !== 'stale_version') throw why;
      const [kind, number] = target.split('/');
      const now = await http.dossier(listOf(kind!), Number(number)).catch(() => null);
      const version = now && besideIt(now, expect, beside);
      if (version === null) throw why;
      return this.#sendHeld({ ...verdict, expect: version });
    }
  }

  /** A verdict that was held back: nobody may be where it was given any more. */
  #refused({ command, target, title }: Verdict, problem: Problem): void {
    const { held } = speech.t.page;
    const said = problem.code === 'stale_version' ? { ...problem, zh: held.moved, en: held.moved } : problem;
    this.notify(said, { command, target, title });
  }

  dismiss(key: number): void {
    this.notices = this.notices.filter((n) => n.key !== key);
  }

  typingIn(channel: number): number[] {
    return this.#typing.filter((t) => t.channel === channel && t.member !== this.myId).map((t) => t.member);
  }

  isTyping(channel: number): void {
    const now = performance.now();
    if (now - (this.#typingSent.get(channel) ?? -typingEvery) < typingEvery) return;
    this.#typingSent.set(channel, now);
    this.live.typing(channel);
  }

  speak(language: Language): void {
    speech.speak(language);
    if (this.me && this.me.language !== language) void this.attempt('member.choose_language', `member/${this.myId}`, { language });
  }

  #told(frame: Told): void {
    switch (frame.type) {
      case 'snapshot':
        return this.#snapshot(frame);
      case 'events':
        return this.#events(frame);
      case 'presence':
        this.online = new Set(frame.online);
        return;
      case 'hello':
        this.held.adopt();
        this.#askOffers();
        return void this.books.read().catch((why: unknown) => this.notify(problemOf(why)));
      case 'typing':
        return this.#types(frame.channel, frame.member);
      case 'ended': {
        if (this.#hear(frame.feed, frame)) return;
        const channel = this.#open.get(Number(frame.feed.split('/')[1]));
        if (frame.feed.startsWith('channel/') && channel) channel.problem = frame.problem;
        else this.notify(frame.problem);
        return;
      }
      case 'error':
        return this.notify(frame.problem);
    }
  }

  #snapshot(frame: Snapshot): void {
    switch (frame.feed) {
      case 'directory':
        return void this.#fill(this.members, 'members', frame.data as Page<Member>).then(() => this.#followLanguage());
      case 'board':
        // What is open is read to its end; of what is closed, the rest when somebody wants to see it.
        this.olderTasks = null;
        return void this.#fill(this.tasks, 'tasks', frame.data as Page<Task>, isAmongOpen).then((rest) => {
          if (rest !== undefined) this.olderTasks = rest;
        });
      case 'channels':
        return void this.#fill(this.channels, 'channels', frame.data as Page<Channel>);
      case 'inbox':
        return this.#waits(frame.data as InboxPage);
      case 'presence':
        this.online = new Set((frame.data as { online: number[] }).online);
        return;
      default:
        if (!this.#hear(frame.feed, frame)) this.#channelOf(frame.feed)?.snapshot(frame);
    }
  }

  #waits({ items, total, tasks }: InboxPage): void {
    this.inbox = items;
    this.beyond = Math.max(0, total + tasks - items.filter((i) => i.kind === 'flow' || i.kind === 'task').length);
  }

  #hear(feed: string, frame: Heard): boolean {
    const all = this.#watchers.get(feed);
    for (const watcher of all ?? []) watcher(frame);
    return all !== undefined;
  }

  #events(frame: Events): void {
    switch (frame.feed) {
      case 'directory': {
        const rows = (frame.rows ?? []) as Member[];
        this.members.put(rows);
        if (rows.some((m) => m.id === this.myId)) {
          this.#followLanguage();
          this.#askOffers();
        }
        return;
      }
      case 'board': {
        const rows = (frame.rows ?? []) as Task[];
        const moved = rows.find((r) => this.tasks.peek(r.id)?.status !== r.status);
        this.tasks.put(rows);
        this.tasks.drop(frame.gone ?? []);
        if (moved) this.lastMove = { id: moved.id, status: moved.status };
        return;
      }
      case 'channels':
        this.channels.put((frame.rows ?? []) as Channel[]);
        return this.channels.drop(frame.gone ?? []);
      default: {
        if (this.#hear(frame.feed, frame)) return;
        const channel = this.#channelOf(frame.feed);
        channel?.events(frame);
        for (const e of frame.events) if (e.type.startsWith('channel.posted.')) this.#stopsTyping(channel?.id ?? 0, e.actor);
      }
    }
  }

  #channelOf(feed: string): OpenChannel | undefined {
    return feed.startsWith('channel/') ? this.#open.get(Number(feed.slice('channel/'.length))) : undefined;
  }

  /** The next page of closed tasks. */
  async loadOlderTasks(): Promise<void> {
    const cursor = this.olderTasks;
    if (!cursor || this.loadingOlder) return;
    this.loadingOlder = true;
    const begun = this.#begun.get('tasks');
    try {
      const page = await http.list<Task>('tasks', cursor);
      if (this.#begun.get('tasks') !== begun) return;
      this.tasks.add(page.items);
      this.olderTasks = page.next ?? null;
    } catch (why) {
      this.notify(problemOf(why));
    } finally {
      this.loadingOlder = false;
    }
  }

  /**
   * A snapshot holds the first page of a long list; the rest is read beside the feed, as far as it is wanted. Where that
   * stopped; undefined where it did not get there: a snapshot began the list anew, or a page could not be read.
   */
  async #fill<T extends { id: number; version: number }>(
    rows: Rows<T>, name: string, first: Page<T>, wanted: (cursor: string) => boolean = () => true,
  ): Promise<string | null | undefined> {
    const begun = (this.#begun.get(name) ?? 0) + 1;
    this.#begun.set(name, begun);
    const current = () => this.#begun.get(name) === begun;
    rows.reset(first.items);
    try {
      const rest = await readOn(first.next, (cursor) => http.list<T>(name, cursor), (more) => current() && rows.add(more), (c) => current() && wanted(c));
      return current() ? rest : undefined;
    } catch (why) {
      this.notify(problemOf(why));
      return undefined;
    }
  }

  #askOffers(): void {
    void this.offers.again().catch((why: unknown) => this.notify(problemOf(why)));
  }

  #followLanguage(): void {
    const mine = this.members.peek(this.myId)?.language;
    if (mine && mine !== speech.language) speech.speak(mine);
  }

  #types(channel: number, member: number): void {
    const until = performance.now() + typingLasts;
    const others = this.#typing.filter((t) => t.channel !== channel || t.member !== member);
    this.#typing = [...others.slice(-50), { channel, member, until }];
    setTimeout(() => (this.#typing = this.#typing.filter((t) => t.until > performance.now())), typingLasts + 50);
  }

  #stopsTyping(channel: number, member: number): void {
    if (member === this.myId) this.#typingSent.delete(channel);
    if (this.#typing.length) this.#typing = this.#typing.filter((t) => t.channel !== channel || t.member !== member);
  }
}
