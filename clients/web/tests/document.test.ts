import { render } from 'svelte/server';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Room } from '../src/lib/state/room.svelte';
import { described } from './support/schema';
import { dossier, everything, file, form, plan, trial } from './trial';

// What the browser has, and is asked for as the page is loaded.
vi.stubGlobal('location', { hash: '', href: 'http://x/' });
vi.stubGlobal('addEventListener', () => {});
vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => {} });

const room = {
  members: { all: [] }, nameOf: (m: number) => `M${m}`, byOf: (e: { actor: number }) => `M${e.actor}`,
  books: {
    departmentName: (d: string) => `dep ${d}`, roleName: (r: string) => `role ${r}`,
    departments: ['hr', 'it'], roles: ['OM'],
    form: (name: string) => ({ name, zh: name, en: name, version: 1, fields: [{ name: 'legal', label: { zh: '法务', en: 'Legal' }, required: false }] }),
  },
} as unknown as Room;

const words = (html: string) => html.replace(/<!--.*?-->/g, '').replace(/<(style|svg)[^]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();

describe('a document on the page', async () => {
  const { default: FieldsView } = await import('../src/components/document/FieldsView.svelte');
  const { default: DocumentPreview } = await import('../src/components/document/DocumentPreview.svelte');
  const { default: Fields } = await import('../src/components/form/Fields.svelte');
  const { describe: describeCommand } = await import('../src/lib/forms/commands');
  const { Form } = await import('../src/lib/forms/form.svelte');
  const { schema } = await import('../src/lib/state/schema.svelte');
  beforeAll(() => schema.take({ position: 1, kinds: [...described.kinds, trial] }));

  it('shows a field of every type under its name', () => {
    const data = {
      key: 'k-1', sha256: 'e'.repeat(64), day: '2026-12-01', at: '2026-12-01T01:30:00Z', count: 4, percent: 40, agrees: true, lead: 3, team: [3, 4], department: 'hr',
      departments: ['hr', 'it'], role: 'OM', roles: ['OM', 'SP'], analysis: 7, projects: [1, 2], files: [file], checks: ['first', 'second'], in: ['a'],
      numbers: [1, 2], called: { zh: '名', en: 'Name' }, score: 8750, cents: 120_050, kinds: ['a', 'b'], event: 812,
    };
    const { body } = render(FieldsView, { props: { room, form: 'T1', fields: everything, data } });
    const text = words(body);
    for (const f of everything) if (f.is !== 'files') expect(text, f.name).toContain(f.label.en);
    for (const shown of ['k-1', 'eeeeeeeeeeee', '1 Dec', '09:30', '40%', 'Yes', 'M3', 'M4', 'dep hr, dep it', 'role OM, role SP', 'Analysis 7', 'Project 2', 'b.pdf', 'first', '87.50', '1,200.50', 'A, B']) expect(text).toContain(shown);
    expect(body).toContain('href="#/analysis/7"');
    expect(body).toContain(`/api/v1/attachments/${file.sha256}`);
  });

  it('asks for a field of every type under its name', () => {
    const about = { me: 3, form: room.books.form.bind(room.books), dossier };
    for (const [command, fields] of [['trial.set_up', everything], ['trial.file', plan]] as const) {
      const form = new Form(describeCommand(command)!, about, 1);
      const { body } = render(Fields, { props: { room, form, fields: form.fields, values: form.values, at: '', errors: {}, uid: 'u' } });
      for (const f of fields) if (f.is !== 'hash' && f.is !== 'extras') expect(words(body), f.name).toContain(f.label.en);
      for (const f of fields) expect(body.includes(`data-field="${command === 'trial.file' ? '/form' : ''}/${f.name}"`), f.name).toBe(f.is !== 'hash');
    }
  });

  it('shows parts within parts, and nothing of what is empty', () => {
    const text = words(render(FieldsView, { props: { room, form: 'T1', fields: plan, data: form } }).body);
    expect(text).toContain('The stages The name One The due 1 Dec');
    expect(text).toContain('The cost The days 3 The use u');
    expect(text).toContain('Legal seen');
    expect(text).toContain('Large');
    expect(text).not.toContain('The note');
  });

  it('shows enough to decide on it: facts, what was filed, what was said to it and by whom', () => {
    const text = words(render(DocumentPreview, { props: { room, kind: trial, dossier } }).body);
    expect(text).toMatch(/^Status Awaiting a decision The size Large The department dep hr The owner .*M3 The with .*M4 The why w/);
    expect(text).toMatch(/Clarifications .*M2 asked it .*Who\? .*M2 asked it .*When\?/);
    expect(text).toMatch(/Decision On an earlier version .*M2 returned it .*Too long$/);
    expect(text).not.toContain('The reason');  // it stands alone after who said it
  });
});
