// The language that the page speaks: the member's own once they are known, before that the one used here last.

import type { Language } from '@client/types';

import { en } from './en';
import { zh, type Texts } from './zh';

const key = 'opsroom.language';

function first(): Language {
  const kept = localStorage.getItem(key);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

class Speech {
  language = $state<Language>(first());
  readonly t: Texts = $derived(this.language === 'zh' ? zh : en);
  /** For Intl and the document's own lang attribute. */
  readonly locale = $derived(this.language === 'zh' ? 'zh-CN' : 'en-GB');

  speak(language: Language): void {
    this.language = language;
    localStorage.setItem(key, language);
  }
}

export const speech = new Speech();
