// What somebody wrote and has not sent, kept in this browser: forms and messages, of one person, few and not for ever. Every
// draft has a key of its own in the browser's storage, so that two pages do not write over each other's.

export interface KeptDraft {
  /** When it was written, in milliseconds since 1970. */
  at: number;
  /** The command that it is for: "project.accept". */
  command: string;
  /** What it is about, as its page called it. */
  title: string;
  /** The address of the page that it was written on. */
  path: string;
  /** The version that was on the screen when it was begun. */
  version?: number;
  body: unknown;
}

export const draftLimits = {
  count: 60,
  /** Characters of one, and of all of them together; a browser gives some five million. */
  each: 300_000,
  all: 2_000_000,
  age_ms: 30 * 24 * 3_600_000,
};

const everybody = 'opsroom.draft.';

/** Raised when what an older page kept can't be read any more. */
const format = 1;

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

function isDraft(x: unknown): x is KeptDraft & { v: number } {
  const d = x as (KeptDraft & { v: number }) | null;
  return (
    typeof d === 'object' && d !== null && d.v === format && Number.isFinite(d.at) && [d.command, d.title, d.path].every((s) => typeof s === 'string') &&
    (d.version === undefined || Number.isInteger(d.version)) && d.body !== undefined
  );
}

export class KeptDrafts {
  /** Nothing is kept any more: who logs out wanted to leave nothing behind. */
  forgetful = false;
  #prefix: string;

  constructor(
    member: number,
    private readonly storage: Kept = localStorage,
    private readonly now: () => number = Date.now,
  ) {
    this.#prefix = `${everybody}${member}.`;
  }

  /** Rids the browser of what is too old, whoever wrote it: they may never come back to it. */
  sweep(): void {
    for (const { name } of this.#names(everybody)) this.#read(name);
  }

  read(key: string): KeptDraft | null {
    return this.#read(this.#prefix + key);
  }

  /** False where the browser keeps nothing, or it is too long. */
  write(key: string, draft: Omit<KeptDraft, 'at'>): boolean {
    if (this.forgetful) return false;
    const text = JSON.stringify({ v: format, at: this.now(), ...draft });
    if (text.length > draftLimits.each) return false;
    this.#makeRoom(this.#prefix + key, text.length);
    try {
      this.storage.setItem(this.#prefix + key, text);
      return true;
    } catch {
      return false;
    }
  }

  drop(key: string): void {
    this.#remove(this.#prefix + key);
  }

  clear(): void {
    for (const { name } of this.#names()) this.#remove(name);
  }

  /** The newest first. */
  all(): (KeptDraft & { key: string })[] {
    const found = this.#names().flatMap(({ name }) => {
      const draft = this.#read(name);
      return draft ? [{ ...draft, key: name.slice(this.#prefix.length) }] : [];
    });
    return found.sort((a, b) => b.at - a.at);
  }

  #read(name: string): KeptDraft | null {
    try {
      const text = this.storage.getItem(name);
      if (text === null) return null;
      const read: unknown = JSON.parse(text);
      if (isDraft(read) && read.at > this.now() - draftLimits.age_ms) return read;
    } catch {
      // what nobody can read is as good as nothing
    }
    this.#remove(name);
    return null;
  }

  #names(prefix = this.#prefix): { name: string; size: number }[] {
    const found: { name: string; size: number }[] = [];
    try {
      for (let i = 0; i < this.storage.length; i++) {
        const name = this.storage.key(i);
        if (name?.startsWith(prefix)) found.push({ name, size: this.storage.getItem(name)?.length ?? 0 });
      }
    } catch {
      // the browser keeps nothing
    }
    return found;
  }

  /** The oldest go. */
  #makeRoom(name: string, size: number): void {
    const others = this.#names().filter((o) => o.name !== name).map((o) => ({ ...o, at: this.#read(o.name)?.at ?? 0 })).sort((a, b) => a.at - b.at);
    let sum = others.reduce((n, o) => n + o.size, size);
    while (others.length && (others.length >= draftLimits.count || sum > draftLimits.all)) {
      const oldest = others.shift()!;
      sum -= oldest.size;
      this.#remove(oldest.name);
    }
  }

  #remove(name: string): void {
    try {
      this.storage.removeItem(name);
    } catch {
      // the browser keeps nothing
    }
  }
}
