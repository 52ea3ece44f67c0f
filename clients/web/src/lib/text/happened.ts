// What an event says, in words. Pure.

import type { Texts } from '../../i18n/zh';
import { schema } from '../state/schema.svelte';
import type { Attachment } from '../wire/flows';
import type { SchemaField } from '../wire/schema';
import type { Envelope } from '../wire/types';
import { sentence, type Speaker } from './value';

/** "task.assigned" of "task.assigned.v1". */
export function typeOf(event: Envelope): string {
  return event.type.replace(/\.v\d+$/, '');
}

/** A sentence that goes on after the actor's name. */
export function happened(event: Envelope, says: Speaker): string {
  const described = schema.event(event.type);
  if (described) return sentence(described, event.data as Record<string, unknown>, says);
  const { t, name, day } = says;
  const d = event.data as Record<string, never>;
  const word = (key: string) => String((event.data as Record<string, unknown>)[key] ?? '');
  const names = (ids: number[] | undefined) => (ids ?? []).map(name).join(t.flows.comma);
  const said = t.happened;
  const type = typeOf(event);
  switch (type) {
    case 'task.assigned':
    case 'task.reassigned':
      return said[type](name(d['to'] ?? 0));
    case 'task.rescheduled':
      return said[type](day(d['due'] ?? ''));
    case 'task.blocked':
      return d['on'] ? said['task.blockedOn'](name(d['on'])) : said[type];
    case 'task.progress_reported':
      return said[type](d['percent'] ?? 0);
    case 'request.convened':
      return said[type](names(d['assessors']), day(d['until'] ?? ''));
    case 'project.progress_reported':
      return said[type](d['percent'] ?? 0, t.flows.health[word('health')] ?? '');
    case 'project.milestone_reached':
      return said[type](d['milestone'] ?? 0);
    case 'project.acceptance_convened':
      return said[type](names(d['panel']), day(d['on'] ?? ''));
    case 'project.acceptance_signed':
      return d['agrees'] ? said['project.signedYes'] : said['project.signedNo'];
    case 'project.summarised':
      return said[type](names(d['recipients']));
    case 'project.lead_changed':
      return said[type](name(d['lead'] ?? 0));
    case 'project.member_added':
    case 'project.member_removed':
      return said[type](name(d['member'] ?? 0));
    case 'election.nominated':
      return said[type](name(d['nominee'] ?? 0));
    case 'election.decided':
      return said[type](names(d['winners']));
    case 'analysis.reported':
      return said[type](d['look'] ?? 0, t.strategies.findingKinds[(d['finding'] as { kind?: string } | undefined)?.kind ?? ''] ?? '');
    case 'analysis.corrected':
    case 'analysis.found_steady':
    case 'analysis.acknowledged':
      return said[type](d['look'] ?? 0);
    case 'analysis.handled':
      return said[type](d['look'] ?? 0, t.strategies.outcomes[word('outcome')] ?? '');
    case 'strategy.published':
      return said[type](d['number'] ?? 0);
    case 'strategy.conveyed':
      return said[type](names(d['members']), day(d['acknowledge_by'] ?? ''));
    case 'strategy.checked':
      return said[type](d['number'] ?? 0, t.strategies.standings[(d['check'] as { standing?: string } | undefined)?.standing ?? ''] ?? '');
    case 'strategy.superseded':
      return said[type](says.thing('strategy', d['by'] ?? 0));
    case 'analysis.handed_over':
    case 'strategy.handed_over':
    case 'request.handed_over':
    case 'project.handed_over':
    case 'appraisal.handed_over':
    case 'incentive.handed_over':
    case 'election.handed_over':
      return said['handed_over'](name(d['from'] ?? 0), name(d['to'] ?? 0));
    case 'project.record_filed': {
      const record = d['record'] as { kind: string; title: string } | undefined;
      return said[type](t.flows.record[record?.kind ?? ''] ?? '', record?.title ?? '');
    }
    default: {
      const plain = (said as Record<string, unknown>)[type];
      return typeof plain === 'string' ? plain : event.type;
    }
  }
}

/** The same of a type alone, where nothing of the event belongs into it. */
export function said(t: Texts, type: string): string {
  const words = (t.happened as Record<string, unknown>)[type.replace(/\.v\d+$/, '')];
  return typeof words === 'string' ? words : type;
}

/** Of a decision that somebody is told of: all that is known of the event is its type. */
export function told(t: Texts, type: string): string {
  const described = schema.event(type);
  if (described) return described.label[t.language];
  const bare = type.replace(/\.v\d+$/, '');
  const words = t.told[bare] ?? said(t, bare);
  return words === bare ? t.inbox.decided : words;
}

/** What the actor wrote with it. */
export function wordsOf(event: Envelope): string {
  const d = event.data as Record<string, unknown>;
  const described = schema.event(event.type);
  if (described) return String(described.fields.map((f) => f.is === 'prose' && d[f.name]).find(Boolean) ?? '');
  for (const key of ['reason', 'question', 'answer', 'note', 'result', 'comment', 'evidence', 'effect']) {
    const words = d[key];
    if (typeof words === 'string' && words) return words;
  }
  const { record, finding, check } = d as { record?: { text?: string }; finding?: { observed?: string }; check?: { found?: string } };
  return record?.text ?? finding?.observed ?? check?.found ?? '';
}

function filesIn(fields: readonly SchemaField[], data: Record<string, unknown>): Attachment[] {
  return fields.flatMap((f) => {
    const value = data[f.name];
    if (!value) return [];
    if (f.is === 'files') return value as Attachment[];
    if (f.is === 'extras') return (value as { attachments?: Attachment[] }).attachments ?? [];
    if (f.is === 'list') return (value as Record<string, unknown>[]).flatMap((line) => filesIn(f.fields ?? [], line));
    return f.is === 'group' ? filesIn(f.fields ?? [], value as Record<string, unknown>) : [];
  });
}

export function filesOf(event: Envelope): Attachment[] {
  const described = schema.event(event.type);
  if (described) return filesIn(described.fields, event.data as Record<string, unknown>);
  type With = { extras?: { attachments?: Attachment[] } };
  const d = event.data as { attachments?: Attachment[]; record?: { attachments?: Attachment[] }; form?: With; finding?: With; check?: With };
  return d.attachments ?? d.record?.attachments ?? (d.form ?? d.finding ?? d.check)?.extras?.attachments ?? [];
}
