// What an election's forms have beyond their description: who is nominated is chosen from, and what is chosen is secret (D7).

import { describe, type About, type Special } from '../../../lib/forms/commands';
import { changed } from '../../../lib/forms/make';
import type { ElectionDossier } from './dossier';

const nominees = (about: About) => (about.dossier as ElectionDossier | undefined)?.nominees ?? [];

export const forms: Record<string, Special> = {
  'election.nominate': { fields: (about, fields) => changed(fields, 'nominee', { without: [about.me ?? 0] }) },
  // What a person chooses is sealed by the server on the way in, so that the schema knows the ballot alone.
  'election.vote': {
    secret: true,
    fields: (about) => {
      const [nominee] = describe('election.nominate')!.fields(about);
      return changed([nominee!], 'nominee', { without: [], among: nominees(about), faults: ['bad_ballot', 'not_nominated'] });
    },
  },
  'election.decide': { fields: (about, fields) => changed(fields, 'winners', { among: nominees(about) }) },
};
