// What a project's forms have beyond their description: what is in its charter already is chosen from.

import type { About, Special } from '../../../lib/forms/commands';
import type { Field } from '../../../lib/forms/field';
import { changed, given, option } from '../../../lib/forms/make';
import type { ProjectDossier } from './dossier';

const of = (about: About) => about.dossier as ProjectDossier | undefined;
const charterOf = (about: About) => of(about)?.forms.F2?.data.charter;

/** Milestones that are still to be reached, by their place in the charter. */
function unreached(about: About) {
  const names = charterOf(about)?.milestones ?? [];
  return (of(about)?.milestones ?? []).flatMap((m, i) => (m.reached ? [] : [option(i + 1, `${i + 1}. ${names[i]?.name ?? m.due}`, `${i + 1}. ${names[i]?.name ?? m.due}`)]));
}

/** F4: a line for each objective of the charter, which can't be left out. */
function byObjective(about: About, fields: readonly Field[]): readonly Field[] {
  const [report] = fields;
  const objectives = charterOf(about)?.objectives ?? [];
  if (report?.kind !== 'group') return fields;
  const results = report.fields.find((f) => f.name === 'results');
  if (results?.kind !== 'rows') return fields;
  const [, ...said] = results.fields;
  const lines = {
    fixed: true, required: true, captions: objectives, fields: [{ ...given('objective', undefined), label: results.fields[0]!.label }, ...said],
    initial: objectives.map((_, i) => ({ objective: i + 1 })),
  };
  return [{ ...report, fields: changed(report.fields, 'results', lines) }];
}

export const forms: Record<string, Special> = {
  // Before anything was written it is called like the request that it came of.
  'project.submit_charter': { fields: (about, fields) => (charterOf(about) ? fields : changed(fields, 'charter', { initial: { name: of(about)?.name } })) },
  'project.reach_milestone': {
    fields: (about, fields) => {
      const open = unreached(about);
      return changed(fields, 'milestone', { kind: 'choice', number: true, wide: true, options: open, initial: open[0]?.value ?? '' });
    },
  },
  'project.accept': { fields: byObjective },
  'project.remove_member': { fields: (about, fields) => changed(fields, 'member', { among: of(about)?.team?.filter((m) => m !== of(about)?.lead) ?? [] }) },
};
