// The statement that somebody writes, what came of it, and the draft of it that this browser keeps.

import { problemOf } from '@client/problem';
import type { Problem } from '@client/types';
import { newCommandId } from '@client/uuid';

import type { Drafts } from '../../../lib/forms/drafts.svelte';
import { listOf } from '../../../lib/state/schema.svelte';
import { http } from '../../../lib/wire/http';
import { fileName, givenFor, givenIn, isTooLong, limits, sent, type Answer, type Format, type Given } from './statement';

/** What was asked, as it was sent. */
interface Asked {
  sql: string;
  params: Given[];
}

interface Draft {
  sql?: unknown;
  params?: unknown;
}

const command = 'query.ask';
const key = `${command} console`;

export class Desk {
  text = $state('');
  given = $state<Given[]>([]);
  /** When what stands in it was written, where it was left and taken up again. */
  restoredAt = $state<number | null>(null);
  /** Taken from a record, and what was there before. */
  taken = $state.raw<{ query: number; before: { text: string; given: Given[] } | null } | null>(null);
  /** Since when, in milliseconds, and whether for a file. */
  running = $state.raw<{ since: number; format: Format | null } | null>(null);
  answer = $state.raw<{ of: Asked; said: Answer; milliseconds: number } | null>(null);
  /** Why not, and of what. */
  refused = $state.raw<{ of: Asked; problem: Problem } | null>(null);
  saved = $state.raw<{ name: string; cut: boolean } | null>(null);
  stopped = $state(false);
  tried = $state(false);

  readonly params = $derived(givenFor(this.text, this.given));
  readonly lacks = $derived(!sent(this.text).sql);
  readonly tooLong = $derived(isTooLong(this.text));

  #stop: AbortController | null = null;

  constructor(private readonly drafts: Drafts) {
    const left = drafts.kept.read(key);
    const body = left?.body as Draft | undefined;
    if (typeof body?.sql !== 'string' || !body.sql) return;
    this.text = body.sql;
    if (Array.isArray(body.params)) this.given = givenIn(JSON.stringify(body.params));
    this.restoredAt = left!.at;
  }

  /** Keeps what stands there now. `path`: where it is found again. */
  keep(path: string): void {
    const kept = this.drafts.kept.read(key);
    if (!this.text.trim()) {
      if (!kept) return;
      this.drafts.kept.drop(key);
    } else {
      const body = { sql: this.text, params: $state.snapshot(this.params) };
      if (JSON.stringify(kept?.body) === JSON.stringify(body)) return;
      this.drafts.kept.write(key, { command, title: '', path, body });
    }
    this.drafts.changes++;
  }

  throwAway(): void {
    this.#put('', []);
    this.taken = null;
    this.drafts.kept.drop(key);
    this.drafts.changes++;
  }

  /** The statement of a record, to be run again. */
  async take(query: number): Promise<void> {
    try {
      const of = await http.dossier(listOf('query'), query);
      const part = of.forms['statement'];
      const data = (Array.isArray(part) ? part[0] : part)?.data as { statement?: unknown; parameters?: unknown } | undefined;
      if (typeof data?.statement !== 'string') return;
      const before = this.text.trim() && this.text !== data.statement ? { text: this.text, given: $state.snapshot(this.params) as Given[] } : null;
      this.#put(data.statement, givenIn(data.parameters));
      this.taken = { query, before };
    } catch (why) {
      this.refused = { of: { sql: '', params: [] }, problem: problemOf(why) };
    }
  }

  giveBack(): void {
    const before = this.taken?.before;
    if (before) this.#put(before.text, before.given);
    this.taken = null;
  }

  async run(): Promise<void> {
    const asked = this.#begin(null);
    if (!asked) return;
    const { of, stop, since } = asked;
    this.answer = null;
    try {
      const said = await http.runSql<Answer>({ ...of, limit: limits.rows }, newCommandId(), stop.signal);
      this.answer = { of, said, milliseconds: performance.now() - since };
    } catch (why) {
      this.#failed(of, stop, why);
    }
    this.running = null;
  }

  /** The whole of what was answered, as a file: it is run once more. */
  async save(format: Format, give: (file: Blob, name: string) => void): Promise<void> {
    const before = this.answer?.of;
    const asked = before && this.#begin(format, before);
    if (!asked) return;
    const { of, stop } = asked;
    try {
      const got = await http.sqlFile({ ...of, format, limit: limits.file }, newCommandId(), stop.signal);
      const name = fileName(got.headers.get('opsroom-query'), format);
      give(await got.blob(), name);
      this.saved = { name, cut: got.headers.get('opsroom-cut') === 'yes' };
    } catch (why) {
      this.#failed(of, stop, why);
    }
    this.running = null;
  }

  stop(): void {
    this.#stop?.abort();
  }

  #put(text: string, given: Given[]): void {
    this.text = text;
    this.given = given;
    this.restoredAt = null;
    this.tried = false;
    this.refused = null;
  }

  #begin(format: Format | null, what?: Asked): { of: Asked; stop: AbortController; since: number } | null {
    if (this.running) return null;
    if (!what) {
      this.tried = true;
      if (this.lacks || this.tooLong) return null;
    }
    this.refused = null;
    this.saved = null;
    this.stopped = false;
    this.#stop = new AbortController();
    const since = performance.now();
    this.running = { since, format };
    return { of: what ?? { sql: sent(this.text).sql, params: $state.snapshot(this.params) as Given[] }, stop: this.#stop, since };
  }

  #failed(of: Asked, stop: AbortController, why: unknown): void {
    if (stop.signal.aborted) this.stopped = true;
    else this.refused = { of, problem: problemOf(why) };
  }
}
