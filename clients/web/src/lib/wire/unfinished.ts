// Uploads that were broken off, by a reload or by looking elsewhere, remembered in this browser: the server has kept
// what came, and goes on from there once the same file is chosen again. Names and sizes only, few of them and not for long.

export interface Unfinished {
  sha256: string;
  name: string;
  bytes: number;
  /** How many of them the server had last. */
  have: number;
  /** The form that it is for. */
  place: string;
  /** In milliseconds since 1970. */
  at: number;
}

const most = 20;
const age_ms_max = 7 * 24 * 3_600_000;

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

function isUnfinished(x: unknown): x is Unfinished {
  const u = x as Unfinished | null;
  return (
    typeof u === 'object' && u !== null && [u.sha256, u.name, u.place].every((s) => typeof s === 'string') &&
    [u.bytes, u.have, u.at].every((n) => Number.isFinite(n)) && u.bytes > 0
  );
}

/** Of one person: others may use the same browser. */
export class UnfinishedUploads {
  #key: string;

  constructor(
    member: number,
    private readonly storage: Kept = localStorage,
    private readonly now: () => number = Date.now,
  ) {
    this.#key = `opsroom.uploads.${member}`;
  }

  at(place: string): Unfinished[] {
    return this.#all().filter((u) => u.place === place);
  }

  note(upload: Omit<Unfinished, 'at'>): void {
    this.#keep([{ ...upload, at: this.now() }, ...this.#without(upload.place, upload.sha256)].slice(0, most));
  }

  forget(place: string, sha256: string): void {
    this.#keep(this.#without(place, sha256));
  }

  #without(place: string, sha256: string): Unfinished[] {
    return this.#all().filter((u) => u.place !== place || u.sha256 !== sha256);
  }

  #all(): Unfinished[] {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isUnfinished).filter((u) => u.at > this.now() - age_ms_max) : [];
    } catch {
      return [];  // what nobody can read is as good as nothing
    }
  }

  #keep(all: readonly Unfinished[]): void {
    try {
      this.storage.setItem(this.#key, JSON.stringify(all));
    } catch {
      // The browser keeps nothing: then the file begins anew for the person, and goes on for the server all the same.
    }
  }
}
