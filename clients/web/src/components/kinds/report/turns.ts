// A few at a time, the others after them: a report has many small drawings, and the warehouse is not theirs alone. Pure.

export class Turns {
  #going = 0;
  #waiting: (() => void)[] = [];

  constructor(readonly most: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#going >= this.most) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#going += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#going -= 1;
    }
  }
}
