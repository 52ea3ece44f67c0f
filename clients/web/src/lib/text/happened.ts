// What an event says, in words. Pure.

import type { SchemaField } from '@client/schema';
import type { Attachment, Envelope } from '@client/types';

import type { Texts } from '../../i18n/zh';
import { schema } from '../state/schema.svelte';
import { sentence, type Speaker } from './value';

/** A sentence that goes on after the actor's name. */
export function happened(event: Envelope, says: Speaker): string {
  const described = schema.event(event.type);
  return described ? sentence(described, event.data as Record<string, unknown>, says) : event.type;
}

/** The same of a type alone, where nothing of the event belongs into it. */
export function said(t: Texts, type: string): string {
  return schema.event(type)?.label[t.language] ?? type;
}

/** Of a decision that somebody is told of: all that is known of the event is its type. */
export function told(t: Texts, type: string): string {
  return schema.event(type)?.label[t.language] ?? t.inbox.decided;
}

/** What the actor wrote with it. */
export function wordsOf(event: Envelope): string {
  const d = event.data as Record<string, unknown>;
  const words = schema.event(event.type)?.fields.map((f) => f.is === 'prose' && d[f.name]).find((said) => said && typeof said === 'string');
  return (words as string | undefined) ?? '';
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
  return filesIn(schema.event(event.type)?.fields ?? [], event.data as Record<string, unknown>);
}
