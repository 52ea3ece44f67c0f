// One request, project, appraisal and so on: as it is, kept up to date by its feed, and as it was at the moment that the address names.

import type { DocumentDossier } from '@client/flows';
import type { Envelope } from '@client/types';

import { http } from '../wire/http';
import type { Room } from './room.svelte';
import { route } from './route.svelte';
import { listOf } from './schema.svelte';
import { Watched } from './watched.svelte';

export class Dossier<T extends DocumentDossier> {
  readonly now: Watched<T>;
  readonly past: Watched<T>;

  constructor(
    private readonly room: Room,
    readonly kind: string,
    readonly id: number,
  ) {
    this.now = new Watched((signal) => http.dossier<T>(listOf(kind), id, {}, signal));
    this.past = new Watched((signal) => http.dossier<T>(listOf(kind), id, { as_of: this.asOf ?? '' }, signal));
  }

  /** The moment that is looked at; null: now. */
  get asOf(): string | null {
    return route.asked['as_of'] ?? null;
  }

  /** What is on the screen. */
  get shown(): T | null {
    return this.asOf === null ? this.now.value : this.past.value;
  }

  get history(): readonly Envelope[] {
    return this.now.value?.history ?? [];
  }

  /** Follows its feed until the function returned is called. */
  follow(): () => void {
    // What is called the same, one or many, has no feed of one: that of its list tells of it.
    const leave = listOf(this.kind) === this.kind ? this.now.follow(this.room, this.kind) : this.now.follow(this.room, `${this.kind}/${this.id}`, true);
    return () => {
      leave();
      this.past.stop();
    };
  }

  /** Reads it again when something else changes that decides on what may be done here, until the function returned is called. */
  restsOn(feed: string): () => void {
    return this.room.watch(feed, (frame) => {
      if (frame.type !== 'ended' && frame.position > (this.now.value?.position ?? 0)) this.now.soon();
    });
  }
}
