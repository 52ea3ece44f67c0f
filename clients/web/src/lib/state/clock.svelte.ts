// The department's day, for what is derived from it (overdue, "today"), and its time zone.

import { dayOf, offsetFor, setOffset } from '../text/time';

class Clock {
  today = $state(dayOf(Date.now()));
  /** Ahead of UTC; China's until the server has said. */
  offsetMinutes = $state(480);

  constructor() {
    setInterval(() => this.#look(), 20_000);
  }

  /** What the server says of the department's time: its offset where it tells it, else what its day allows. */
  follow(said: { offset?: number; today?: string }): void {
    const found = said.offset ?? (said.today ? offsetFor(said.today, Date.now(), this.offsetMinutes) : null);
    if (found === null) return;
    this.offsetMinutes = found;
    setOffset(found);
    this.#look();
  }

  #look(): void {
    this.today = dayOf(Date.now());
  }
}

export const clock = new Clock();
