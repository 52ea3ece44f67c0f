// Which metrics a dashboard has, and in what order. Pure.

import type { Language } from '@client/types';

import type { Asked } from '../../../lib/state/places';
import type { MetricRow } from './values';

/** What a list alone can answer: filters, pages, the past. */
const ofLists = ['as_of', 'status', 'q', 'sort', 'page', 'person', 'waits_on', 'late'];

export function isDashboard(asked: Asked): boolean {
  return asked['view'] !== 'list' && !ofLists.some((key) => asked[key]);
}

/** Those in force that were asked for, one's own first. */
export function tilesOf(rows: readonly MetricRow[], asked: Asked, me: number, language: Language): MetricRow[] {
  const owner = asked['owner'] === 'me' ? me : Number(asked['owner'] ?? 0);
  return rows
    .filter((r) => (r.status === 'published' || r.status === 'amended') && (!owner || r.owner === owner) && (!asked['department'] || r.department === asked['department']))
    .sort((a, b) => Number(b.owner === me) - Number(a.owner === me) || a.name[language].localeCompare(b.name[language], language === 'zh' ? 'zh-CN' : 'en-GB') || a.id - b.id);
}
