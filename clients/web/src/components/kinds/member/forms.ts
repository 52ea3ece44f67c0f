// What a member's forms have beyond their description.

import type { Member } from '@client/types';

import type { Special } from '../../../lib/forms/commands';
import { changed } from '../../../lib/forms/make';

export const forms: Record<string, Special> = {
  // Who somebody is elsewhere only those know who bring them over.
  'member.join': { fields: (_, fields) => fields.filter((f) => f.name !== 'external') },
  'member.rename': { fields: (about, fields) => changed(fields, 'name', { initial: (about.dossier as Member | undefined)?.name ?? '' }) },
};
