// A task's milestone is one of the project's that it is assigned in.

import type { Special } from '../../../lib/forms/commands';
import { changed, option } from '../../../lib/forms/make';
import type { ProjectDossier } from '../project/dossier';

export const forms: Record<string, Special> = {
  'task.assign': {
    fields: (about, fields) => {
      const project = about.dossier as ProjectDossier | undefined;
      const milestones = (project?.forms.F2?.data.charter.milestones ?? []).map((m, i) => option(i + 1, `${i + 1}. ${m.name}`, `${i + 1}. ${m.name}`));
      if (!milestones.length) return fields.filter((f) => f.name !== 'milestone');
      return changed(fields, 'milestone', { kind: 'choice', number: true, list: true, initial: '', options: [option('', '—', '—'), ...milestones] });
    },
  },
};
