// What the types say of commands and rows, looked at by the compiler alone.

import { connect } from '../../clients/js/dist/node.js';

export async function typed(): Promise<void> {
  const room = await connect({ url: 'http://127.0.0.1:8080', token: 'opsroom_pat_…' });
  const form = { title: 't', kind: 'process', situation: 's', idea: 'i', benefit: 'b', extras: { attachments: [] } } as const;
  const ack = await room.proposal.file({ form: { ...form, extras: { attachments: [] } } }, { id: 'x' });
  await room.proposal.return(ack.stream, { reason: 'r' }, { expect: ack.version });
  const made = await room.task.assign({ title: 'Weekly data', standard: 'Sources agree', due: '2026-12-01', to: 5, priority: 'high' });
  await room.task.submit(made.stream, { result: 'r' });
  // @ts-expect-error there is no such field
  await room.proposal.return(1, { reson: 'r' });
  // @ts-expect-error nor such a choice
  await room.proposal.file({ form: { ...form, kind: 'nonsense' } });
  for await (const row of room.list('proposals')) {
    const status: 'filed' | 'returned' | 'clarifying' | 'adopted' | 'carried_out' | 'rejected' | 'withdrawn' | 'dropped' = row.status;
    const title: string | undefined = row.title;
    console.log(status, title);
  }
  const { forms } = await room.dossier('proposals', 1);
  const filed: string | undefined = forms.proposal?.data.form.title;
  console.log(filed);
  // What is known of others stands in dossiers, what is worked out in rows as well.
  const { cited_by } = await room.dossier('analyses', 1);
  const by: 'draft' | 'submitted' | 'published' | 'superseded' | 'ended' | 'discarded' | 'absent' | undefined = cited_by?.[0]?.status;
  for await (const row of room.list('elections')) {
    const voted: boolean | undefined = row.voted;
    console.log(by, voted);
  }
  const t = room.transaction();
  const reference: string = t.proposal.withdraw(1, { reason: 'r' });
  const kept: string = room.outbox('outbox.jsonl').proposal.withdraw(1, { reason: 'r' });
  console.log(reference, kept);
}
