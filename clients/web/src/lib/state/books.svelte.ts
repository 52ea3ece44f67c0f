// What the whole page refers to and seldom changes: departments, roles, who stands in for whom, the forms' definitions, and the
// kinds of documents that there are.

import type { FormDefinition, Organisation } from '@client/flows';

import { speech } from '../../i18n/index.svelte';
import { http } from '../wire/http';
import { clock } from './clock.svelte';
import { schema } from './schema.svelte';

export class Books {
  organisation = $state.raw<Organisation | null>(null);
  #forms = $state.raw<ReadonlyMap<string, FormDefinition>>(new Map());

  /** Read anew with every connection: what changed in between is not told by any feed. */
  async read(): Promise<void> {
    const [organisation, forms, calendar, described] = await Promise.all([http.organisation(), http.forms(), http.calendar(), http.schema()]);
    schema.take(described);
    this.organisation = organisation;
    this.#forms = new Map(forms.items.map((f) => [f.name, f]));
    clock.follow({
      ...(organisation.utc_offset_minutes === undefined ? {} : { offset: organisation.utc_offset_minutes }),
      today: calendar.today,
    });
  }

  /** Whether it was read: before that no form is filled in, as nobody knows what it asks. */
  get ready(): boolean {
    return this.organisation !== null;
  }

  /** A form as it is defined now; its first version where that is not known yet. */
  form(name: string): FormDefinition {
    return this.#forms.get(name) ?? { name, zh: name, en: name, version: 1, fields: [] };
  }

  formName(name: string): string {
    return this.#forms.get(name)?.[speech.language] ?? name;
  }

  /** Departments, those that the organisation has defined first. */
  departmentName(code: string): string {
    const defined = this.organisation?.departments.find((d) => d.department === code);
    return defined?.name[speech.language] ?? speech.t.departments[code] ?? code;
  }

  roleName(code: string): string {
    const defined = this.organisation?.roles.find((r) => r.role === code);
    return defined?.name[speech.language] ?? speech.t.roles[code] ?? code;
  }

  /** Minutes of work in a working day. */
  get dayMinutes(): number {
    const h = this.organisation?.settings.hours;
    return h ? h.until - h.from - (h.break_until - h.break_from) : 480;
  }

  get departments(): string[] {
    const defined = this.organisation?.departments.map((d) => d.department) ?? [];
    return defined.length ? defined : Object.keys(speech.t.departments);
  }

  get roles(): string[] {
    return [...new Set([...Object.keys(speech.t.roles), ...(this.organisation?.roles.map((r) => r.role) ?? [])])];
  }
}
