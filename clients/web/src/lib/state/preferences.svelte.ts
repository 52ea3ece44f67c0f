// What somebody has chosen for this browser, beside language and theme.

const key = 'opsroom.preferences';

/** How long a verdict can be taken back before it is sent, in seconds. */
export const undoChoices = [6, 15, 30] as const;

class Preferences {
  /** Whether single letters act. Off, only arrows, Enter and what has Ctrl do (WCAG 2.1.4). */
  singleKeys = $state(true);
  undoSeconds = $state<number>(undoChoices[0]);
  /** What has risen is red and what has fallen green, as in China; null: as usual where the language is spoken. */
  redUp = $state<boolean | null>(null);

  constructor() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as { singleKeys?: unknown; undoSeconds?: unknown; redUp?: unknown };
      if (kept.singleKeys === false) this.singleKeys = false;
      if (typeof kept.redUp === 'boolean') this.redUp = kept.redUp;
      if (undoChoices.some((n) => n === kept.undoSeconds)) this.undoSeconds = kept.undoSeconds as number;
    } catch {
      // what nobody can read is as good as nothing
    }
  }

  choose(what: { singleKeys?: boolean; undoSeconds?: number; redUp?: boolean | null }): void {
    Object.assign(this, what);
    try {
      localStorage.setItem(key, JSON.stringify({ singleKeys: this.singleKeys, undoSeconds: this.undoSeconds, redUp: this.redUp }));
    } catch {
      // it holds until the page is closed
    }
  }
}

export const preferences = new Preferences();
