// Every command that a person gives from a form: what it is called, what it asks for, and how grave it is.

import { schema } from '../state/schema.svelte';
import type { AnyDossier, FormDefinition, Words } from '../wire/flows';
import type { Member, TaskDetail } from '../wire/types';
import type { AnalysisDossier, StrategyDossier } from '../wire/strategies';
import { ofAnalyses } from './analyses';
import { ofChannels } from './channels';
import { descriptionOf } from './described';
import type { Field, Option } from './field';
import { ofMembers } from './members';
import { ofProjects } from './projects';
import { ofRequests } from './requests';
import { ofStrategies } from './strategies';
import { ofTasks } from './tasks';

/** What a form is filled in about. */
export interface About {
  dossier?: AnyDossier;
  task?: TaskDetail;
  me?: number;
  /** Codes of departments and roles, as the organisation has them. */
  departments?: readonly Option[];
  roles?: readonly Option[];
  /** Who may look at data regularly. */
  analysts?: readonly number[];
  /** What a strategy may rest on, take the place of, or belong to. */
  analyses?: readonly Option[];
  strategies?: readonly Option[];
  projects?: readonly Option[];
  /** What a new strategy comes of. */
  from?: { analysis: AnalysisDossier; look: number } | { strategy: StrategyDossier };
  /** Who is administered. */
  member?: Member & { superior: number };
  /** Of a member, that needs a second person. */
  change?: number;
  /** That a task is to carry out. */
  strategy?: number;
  /** What the kind's own views know beside it. */
  known?: Readonly<Record<string, unknown>>;
  today?: string;
  /** What something new begins with, as the address says: fields by their names. */
  given?: Readonly<Record<string, string>>;
  /** The definition of a form as it is now, by its name in the handbook. */
  form: (name: string) => FormDefinition;
}

export interface Description {
  label: Words;
  fields: (about: About) => readonly Field[];
  /** It can't be taken back, and closes something: it is asked once more. */
  grave?: Words;
  /** Sends something back or ends it; its button says so. */
  danger?: boolean;
  /** Too much for a narrow column. */
  wide?: boolean;
  /** Keeps what is not finished: another command with the same fields, and what that one needs. */
  keep?: { command: string; label: Words; needs: readonly string[] };
  /** Of the four verdicts, the one that it is: they have keys of their own. */
  verdict?: 'pass' | 'return' | 'clarify' | 'reject';
  /** Ends or begins something for others, though it is no verdict. */
  decides?: boolean;
  /** What is chosen in it is not kept in the browser. */
  secret?: boolean;
  /** Adds something of one's own: what others have added meanwhile takes nothing from it. */
  adds?: boolean;
  /** Several do it, each for themselves: events that take nothing from what it is about. */
  beside?: readonly string[];
  /** Is offered where the thing is that it acts on, and not among the actions. */
  inPlace?: boolean;
  /** What is released is said before. */
  says?: (about: About) => Words | null;
}

/** What a form has beyond its description. */
export interface Special extends Partial<Omit<Description, 'fields'>> {
  /** Its fields, in place of those that are described. */
  fields?: (about: About, described: readonly Field[]) => readonly Field[];
}

/** Of kinds whose forms are described by the schema, all but what these have. */
const special: Record<string, Special> = Object.assign(
  {}, ...Object.values(import.meta.glob<Record<string, Special>>('../../components/kinds/*/forms.ts', { eager: true, import: 'forms' })),
);

/** Forms that are more than what the schema says of them; what they are called, and how grave they are, it says of all. */
const own: Record<string, Partial<Description>> = {
  ...ofMembers, ...ofChannels, ...ofTasks, ...ofRequests, ...ofProjects, ...ofAnalyses, ...ofStrategies,
};

const kindOf = (command: string) => schema.kind(command.split('.')[0]!);
const both = new WeakMap<Description, Description>();

function withSpecial(described: Description, more: Special): Description {
  let made = both.get(described);
  if (!made) {
    const { fields } = more;
    both.set(described, (made = { ...described, ...more, fields: fields ? (about) => fields(about, described.fields(about)) : described.fields }));
  }
  return made;
}

export function describe(command: string): Description | undefined {
  const kind = kindOf(command);
  const described = kind && descriptionOf(kind, command);
  if (!described) return undefined;
  if (special[command]) return withSpecial(described, special[command]);
  const more = own[command];
  if (!more) return described;
  const { label, verdict, grave, danger } = described;
  return { ...described, ...more, label, ...(verdict ? { verdict } : {}), ...(grave ? { grave } : {}), ...(danger ? { danger } : {}) };
}

/** Whether it is held back for some seconds before it is sent: what decides, or can't be taken back. */
export function isDecision(d: Description): boolean {
  return d.verdict !== undefined || d.grave !== undefined || d.danger === true || d.decides === true;
}

/** The commands of one kind of thing, in the order in which their buttons stand: what moves it on comes first. */
export function commandsOf(kind: string): string[] {
  const byHand = Object.keys(own).filter((c) => c.startsWith(`${kind}.`));
  return byHand.length ? byHand : (schema.kind(kind)?.commands ?? []).filter((c) => !c.by_system).map((c) => c.type);
}
