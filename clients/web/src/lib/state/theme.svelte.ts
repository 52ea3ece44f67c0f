// Light or dark: as the system has it, unless the reader chose.

export type Theme = 'auto' | 'light' | 'dark';

const key = 'opsroom.theme';

class Appearance {
  theme = $state<Theme>('auto');
  #dark = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    const kept = localStorage.getItem(key);
    this.choose(kept === 'light' || kept === 'dark' ? kept : 'auto');
    this.#dark.addEventListener('change', () => this.#show());
  }

  choose(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(key, theme);
    this.#show();
  }

  #show(): void {
    const dark = this.theme === 'auto' ? this.#dark.matches : this.theme === 'dark';
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }
}

export const appearance = new Appearance();
