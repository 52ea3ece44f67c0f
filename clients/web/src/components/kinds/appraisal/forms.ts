// What an appraisal's forms have beyond their description: its indicators, each with a line of its own, and what in the log speaks for
// them.

import type { Page } from '@client/types';

import type { About, Special } from '../../../lib/forms/commands';
import type { Field, Option, Values } from '../../../lib/forms/field';
import { changed, given } from '../../../lib/forms/make';
import { http } from '../../../lib/wire/http';
import type { AppraisalDossier, EvidenceItem } from './dossier';

const indicatorsOf = (about: About) => (about.dossier as AppraisalDossier | undefined)?.indicators ?? [];

/** An indicator is one of the appraisal's own. */
function asChoice(about: About): { kind: 'choice'; options: Option[]; initial: string; wide: true } {
  const options = indicatorsOf(about).map((i) => ({ value: i.code, label: i.name }));
  return { kind: 'choice', options, initial: options[0]?.value ?? '', wide: true };
}

/** What in the log an appraisal's indicators point at, read once for all lines of a form, and not before one is shown. */
function evidenceOf(appraisal: number): () => Promise<readonly EvidenceItem[]> {
  let read: Promise<readonly EvidenceItem[]> | null = null;
  return () => (read ??= http.within<Page<EvidenceItem>>('appraisals', appraisal, 'evidence').then((all) => all.items));
}

/** F6 and F7: a line for each indicator, with what was written before, and what in the log there is to choose from. */
function byIndicator(about: About, fields: readonly Field[]): readonly Field[] {
  const [form] = fields;
  if (form?.kind !== 'group') return fields;
  const indicators = indicatorsOf(about);
  const before = form.initial as { lines?: Values[] } | undefined;
  const initial = indicators.map((i) => ({ indicator: i.code, ...before?.lines?.find((l) => l['indicator'] === i.code) }));
  const found = evidenceOf((about.dossier as AppraisalDossier | undefined)?.id ?? 0);
  const lines = form.fields.map((f): Field => {
    if (f.kind !== 'rows' || f.name !== 'lines') return f;
    const cells = f.fields.map((cell): Field => {
      if (cell.name === 'indicator') return given('indicator', '');
      return cell.name === 'evidence' ? { name: 'evidence', label: cell.label, kind: 'evidence', wide: true, always: true, found } : cell;
    });
    const captions = indicators.map(({ name, weight }) => ({ zh: `${name.zh} · ${weight}%`, en: `${name.en} · ${weight}%` }));
    return { ...f, fields: cells, fixed: true, required: true, captions, initial };
  });
  return [{ ...form, fields: lines, ...(before ? { initial: { ...before, lines: initial } } : {}) }];
}

export const forms: Record<string, Special> = {
  'appraisal.submit_self': { fields: byIndicator },
  'appraisal.evaluate': { fields: byIndicator },
  'appraisal.calibrate': { fields: (about, fields) => fields.map((f) => (f.kind === 'rows' ? { ...f, fields: changed(f.fields, 'indicator', asChoice(about)) } : f)) },
  'appraisal.add_evidence': { fields: (about, fields) => changed(fields, 'indicator', asChoice(about)) },
  // It is offered beside the piece that it takes away.
  'appraisal.remove_evidence': {
    inPlace: true,
    fields: (about, fields) => {
      const piece = about.known?.['piece'] as EvidenceItem | undefined;
      return [given('indicator', piece?.indicator ?? ''), given('at', piece?.at ?? 0), ...fields.filter((f) => f.name === 'reason')];
    },
  },
};
