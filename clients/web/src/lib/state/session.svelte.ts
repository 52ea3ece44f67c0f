// Who is at the page: nobody yet, or a member with their room.

import { problemOf } from '@client/problem';
import type { Problem } from '@client/types';

import { speech } from '../../i18n/index.svelte';
import { http } from '../wire/http';
import { Room } from './room.svelte';
import { homeOf, route } from './route.svelte';
import { schema } from './schema.svelte';

class Session {
  room = $state.raw<Room | null>(null);
  /** Whether it is known if somebody is logged in. */
  known = $state(false);
  /** The login ended by itself, not by the member's own hand. */
  expired = $state(false);
  unreachable = $state.raw<Problem | null>(null);

  /** Asks the server until it says whether the cookie still holds. */
  async begin(): Promise<void> {
    try {
      await this.#enter();
      this.unreachable = null;
    } catch (why) {
      const problem = problemOf(why);
      if (problem.status !== 401) {
        this.unreachable = problem;
        setTimeout(() => void this.begin(), 3000);
        return;
      }
      this.unreachable = null;
    }
    this.known = true;
  }

  /** Throws Refused. */
  async logIn(login: string, password: string): Promise<void> {
    await http.logIn(login, password);
    await this.#enter();
  }

  /** Throws Refused where the server can't be told; then the member is still logged in. */
  async logOut(): Promise<void> {
    await this.room?.held.finish(5_000);  // who logs out has decided
    await http.logOut().catch((why: unknown) => {
      if (problemOf(why).status !== 401) throw why;
    });
    this.#leave(false);
  }

  async #enter(): Promise<void> {
    // Nothing of what the page shows has a name before the schema is here. It is large, and seldom another: the browser keeps it.
    const [me, described] = await Promise.all([http.whoAmI(), http.schema()]);
    schema.take(described);
    speech.speak(me.language);
    this.#leave(false);
    const room = new Room(me.id, () => {
      this.#leave(true);
      void this.begin();  // the cookie may be another member's by now
    });
    route.home = homeOf(me.roles);
    room.members.add([me]);
    room.resets = me.resets ?? [];
    this.room = room;
    room.start();
  }

  #leave(expired: boolean): void {
    this.room?.stop();
    this.room = null;
    this.expired = expired;
  }
}

export const session = new Session();
