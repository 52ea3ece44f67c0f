// What the forms of this area offer to choose from: read when a form is opened, as it is seldom needed.

import { option } from '../../../lib/forms/make';
import type { About } from '../../../lib/forms/commands';
import type { Option } from '../../../lib/forms/field';
import type { Room } from '../../../lib/state/room.svelte';
import { zh } from '../../../i18n/zh';
import { en } from '../../../i18n/en';
import type { ProjectRow } from '../../../lib/wire/flows';
import { choiceName } from '../../../lib/text/names';
import { http } from '../../../lib/wire/http';
import type { AnalysisRow, StrategyRow } from '../../../lib/wire/strategies';

/** As many as one answer holds; who needs an older one opens it and begins there. */
const most = 200;

export class Choices {
  #read = $state.raw<Pick<About, 'analyses' | 'strategies' | 'projects'>>({});
  ready = $state(false);

  #asked = false;

  constructor(private readonly room: Room) {}

  /** Once is enough: who opens another page reads again. */
  need(): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#load();
  }

  async #load(): Promise<void> {
    const rows = <Row>(list: string, asked = {}) => http.counted<Row>(list, { limit: most, ...asked }).then((p) => p.items, () => []);
    const [analyses, strategies, projects] = await Promise.all([rows<AnalysisRow>('analyses'), rows<StrategyRow>('strategies', { status: 'published' }), rows<ProjectRow>('projects')]);
    const named = (id: number, name: string, more: { zh: string; en: string } = { zh: '', en: '' }): Option => option(id, `${id} · ${name}${more.zh}`, `${id} · ${name}${more.en}`);
    this.#read = {
      analyses: analyses.filter((a) => a.looks > 0).map((a) => named(a.id, a.title)),
      strategies: strategies.map((s) => named(s.id, s.title, { zh: ` · ${choiceName(zh, 'strategy', 'kind', s.kind)}`, en: ` · ${choiceName(en, 'strategy', 'kind', s.kind)}` })),
      projects: projects.map((p) => named(p.id, p.name)),
    };
    this.ready = true;
  }

  get about(): Partial<About> {
    const analysts = this.room.members.all.filter((m) => m.status === 'active' && m.roles.includes('DA')).map((m) => m.id);
    return { ...this.#read, analysts };
  }
}
