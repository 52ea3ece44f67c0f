// The department's day, for what is derived from it (overdue, "today").

import { dayOf } from '../text/time';

class Clock {
  today = $state(dayOf(Date.now()));

  constructor() {
    setInterval(() => (this.today = dayOf(Date.now())), 20_000);
  }
}

export const clock = new Clock();
