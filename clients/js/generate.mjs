#!/usr/bin/env node
// TypeScript types of the kinds of documents that a server describes.
//
//   opsroomd schema | opsroom-types - > kinds.ts
//   OPSROOM_TOKEN=opsroom_pat_… opsroom-types https://ops.example.com > kinds.ts
//
// `--from MODULE`: where the client's own types are imported from (left out: @opsroom/client).

import { readFileSync } from 'node:fs';

const [source = '-', option, module = '@opsroom/client'] = process.argv.slice(2);
if (option !== undefined && option !== '--from') {
  console.error('opsroom-types (FILE | - | URL) [--from MODULE]');
  process.exit(2);
}

async function read() {
  if (!/^https?:/.test(source)) return JSON.parse(readFileSync(source === '-' ? 0 : source, 'utf8'));
  const headers = { authorization: `Bearer ${process.env.OPSROOM_TOKEN ?? ''}` };
  const answer = await fetch(`${source.replace(/\/+$/, '')}/api/v1/schema`, { headers });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.en);
  return said;
}

const both = (words) => (words ? [words.zh, words.en].filter(Boolean).join(' · ') : '');
const safe = (text) => text.replaceAll('*/', '*\u200b/');
const comment = (indent, ...lines) => {
  const said = lines.filter(Boolean).map(safe);
  if (!said.length) return '';
  if (said.length === 1) return `${indent}/** ${said[0]} */\n`;
  return `${indent}/**\n${said.map((l) => `${indent} * ${l}`).join('\n')}\n${indent} */\n`;
};
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const oneOf = (names) => (names.length ? names.map((n) => JSON.stringify(n)).join(' | ') : 'string');

/** `mode`: "given" to a command, where what may be empty need not be there; "row"; or "said" by an event, which leaves out only what may be left out. */
function typeOf(f, indent, mode) {
  switch (f.is) {
    case 'number': case 'percent': case 'hundredths': case 'money': case 'event': case 'person': return 'number';
    case 'reference': return f.of ? 'number' : 'string';  // of any kind: "KIND/NUMBER"
    case 'bilingual': return 'Words';
    case 'people': case 'references': case 'numbers': return 'number[]';
    case 'yes_no': return 'boolean';
    case 'choice': return oneOf((f.options ?? []).map((o) => o.name));
    case 'choices': return `(${oneOf((f.options ?? []).map((o) => o.name))})[]`;
    case 'departments': case 'roles': case 'lines': case 'remarks': case 'codes': return 'string[]';
    case 'files': return 'Attachment[]';
    case 'extras': return mode === 'given' ? 'Partial<Extras>' : 'Extras';
    case 'group': return f.fields?.length ? fieldsOf(f.fields, indent, mode) : 'Record<string, unknown>';
    case 'list': return f.fields?.length ? `${fieldsOf(f.fields, indent, mode)}[]` : 'unknown[]';
    default: return 'string';
  }
}

const sized = (f) => (f.most ? `≤ ${f.most}` : '');

/** Whether it is there, though it may say nothing. */
const isThere = (f) => f.required || f.present === true;

function fieldsOf(fields, indent, mode) {
  const within = `${indent}  `;
  const lines = fields.map((f) => {
    const says = [both(f.label), both(f.hint), sized(f)].filter(Boolean).join('; ');
    const always = mode === 'said' ? isThere(f) && !f.elsewhere : f.required;
    return `${comment(within, says)}${within}${key(f.name)}${always ? '' : '?'}: ${typeOf(f, within, mode)}${mode === 'said' && !isThere(f) ? ' | null' : ''};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** Of all events that stand in one part of a dossier: what not each of them says need not be there. */
function saidOf(events) {
  const all = events.flatMap((e) => e.fields);
  return [...new Set(all.map((f) => f.name))].map((name) => {
    const same = all.filter((f) => f.name === name);
    const always = same.every(isThere);
    return { ...same[0], required: always && same[0].required, present: always, elsewhere: same.length < events.length };
  });
}

function commandOf(c, alone) {
  const says = comment('    ', `${both(c.label)} (${c.clause})`, both(c.hint), both(c.grave));
  const needed = c.fields.some((f) => f.required);
  const fields = c.fields.length ? fieldsOf(c.fields, '    ', 'given') : 'Record<string, never>';
  const more = `fields${needed ? '' : '?'}: ${fields}, more?: More`;
  const call = (...before) => `${says}    ${key(c.type.split('.')[1])}(${[...before, more].join(', ')}): Given;\n`;
  if (c.creates) return call();
  return alone ? call() + call('target: Target') : call('target: Target');
}

function kindOf(k) {
  const given = k.commands.filter((c) => !c.by_system);
  const alone = !k.commands.some((c) => c.creates);
  return `${comment('  ', both(k.label), both(k.hint))}  ${key(k.name)}: {\n${given.map((c) => commandOf(c, alone)).join('')}  };\n`;
}

const listOf = (k) => key(k.path.split('/').pop());

/** What is shown need not be there: it may not be known yet, or not be for the reader. */
const shownOf = (fields) => fieldsOf(fields.map((f) => ({ ...f, required: false })), '  ', 'row');

function rowOf(k) {
  const fields = [...k.fields, ...(k.row_fields ?? [])].filter((f) => f.name !== 'id' && f.name !== 'version' && f.name !== 'status');
  const own = shownOf(fields);
  return `${comment('  ', both(k.plural))}  ${listOf(k)}: Row & { status: ${oneOf(k.statuses.map((s) => s.name))}; version: number } & ${own};\n`;
}

function beyondOf(k) {
  return `${comment('  ', both(k.plural))}  ${listOf(k)}: ${k.dossier_fields?.length ? shownOf(k.dossier_fields) : 'unknown'};\n`;
}

function partsOf(k) {
  const parts = k.sections.map((s) => {
    const events = k.events.filter((e) => e.section === s.name);
    return `${comment('    ', both(s.label))}    ${key(s.name)}?: FormEvent<${fieldsOf(saidOf(events), '    ', 'said')}>${s.many ? '[]' : ''};\n`;
  });
  return `${comment('  ', both(k.plural))}  ${listOf(k)}: {\n${parts.join('')}  };\n`;
}

const { kinds } = await read();
const listed = kinds.filter((k) => k.path);
const body = `/** Each kind's commands; \`Given\` is what giving one answers. */
export interface Kinds<Given = Promise<Ack>> {
${kinds.map(kindOf).join('')}}

/** Rows of the lists. */
export interface Lists {
${listed.map(rowOf).join('')}}

/** What their dossiers show beyond their rows. */
export interface Beyond {
${listed.map(beyondOf).join('')}}

/** What was said in the parts of their dossiers. */
export interface Forms {
${listed.map(partsOf).join('')}}
`;
// Within the client itself each comes from where it is; a compiler may not want what is not used.
const homes = { Ack: 'types', Attachment: 'types', Extras: 'flows', FormEvent: 'flows', More: 'room', Row: 'types', Target: 'commands', Words: 'types' };
const imports = new Map();
for (const [name, home] of Object.entries(homes)) {
  if (!new RegExp(`\\b${name}\\b`).test(body)) continue;
  const from = module.startsWith('.') ? `${module}/${home}.js` : module;
  imports.set(from, [...(imports.get(from) ?? []), name]);
}
const said = [...imports].map(([from, names]) => `import type { ${names.join(', ')} } from '${from}';\n`).join('');
process.stdout.write(`// Made by generate.mjs from what a server describes (GET /api/v1/schema): not to be edited.\n\n${said}\n${body}`);
