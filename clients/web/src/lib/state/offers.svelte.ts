// What the reader may begin, as the server says: asked anew when who they are has changed, and with every connection.

import type { Page, Problem } from '@client/types';

export interface Offer {
  command: string;
  clause: string;
  allowed: boolean;
  problem?: Problem;
}

export class Offers {
  #of = $state.raw<ReadonlyMap<number, ReadonlyMap<string, Offer>>>(new Map());
  #asked = new Set<number>();
  #turn = 0;

  /** `read` asks for a project's; 0: of none. */
  constructor(private readonly read: (project: number) => Promise<Page<Offer>>) {}

  /** Whether a command that creates is to be offered. Before the server has said so, it is not. */
  may(command: string, project = 0): boolean {
    return this.#offer(command, project)?.allowed ?? false;
  }

  /** Why it may not be given; null where it may, or nobody knows yet. */
  why(command: string): Problem | null {
    return this.#offer(command, 0)?.problem ?? null;
  }

  /** All that was asked so far, once more. */
  async again(): Promise<void> {
    const turn = ++this.#turn;
    await Promise.all([0, ...this.#asked].map((project) => this.#ask(project, turn)));
  }

  #offer(command: string, project: number): Offer | undefined {
    if (project && !this.#asked.has(project)) {
      this.#asked.add(project);
      queueMicrotask(() => void this.#ask(project, this.#turn));
    }
    return this.#of.get(project)?.get(command);
  }

  async #ask(project: number, turn: number): Promise<void> {
    const { items } = await this.read(project);
    if (turn !== this.#turn) return;
    this.#of = new Map([...this.#of, [project, new Map(items.map((o) => [o.command, o]))]]);
  }
}
