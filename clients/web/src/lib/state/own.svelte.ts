// A short list of one's own that is read whole, and again after whatever is done to it.

import { problemOf } from '@client/problem';
import type { Problem } from '@client/types';

export class OwnList<Row> {
  /** Null until it was read. */
  rows = $state.raw<readonly Row[] | null>(null);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);

  constructor(private readonly read: () => Promise<{ items: readonly Row[] }>) {
    void this.run(async () => {});
  }

  /** Does it, and reads the list again. What was refused stands in `problem`. */
  async run(what: () => Promise<unknown>): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      await what();
      this.rows = (await this.read()).items;
    } catch (why) {
      this.problem = problemOf(why);
    } finally {
      this.busy = false;
    }
  }
}
