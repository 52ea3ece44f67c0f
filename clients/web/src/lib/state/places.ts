// The addresses of the page. Pure.

export type Place =
  | { at: 'home' }
  | { at: 'board'; task: number | null }
  | { at: 'inbox' }
  | { at: 'account' | 'people' }
  | { at: 'password'; secret: string }
  | { at: 'channels' }
  | { at: 'channel'; id: number; message?: number; day?: string }
  | { at: 'requests' }
  | { at: 'request'; id: number | 'new' }
  | { at: 'projects' }
  | { at: 'project'; id: number }
  | { at: 'waiting' }
  | { at: 'search' }
  | { at: 'appraisals' | 'cycles' | 'incentives' | 'elections' | 'indicators' }
  | { at: 'appraisal' | 'cycle' | 'incentive' | 'election'; id: number }
  | { at: 'analyses' | 'strategies' }
  | { at: 'analysis' | 'strategy'; id: number | 'new' }
  | { at: 'flow'; name: string }
  /** Of kinds that the schema may describe: whether it does is not known here. */
  | { at: 'documents'; list: string }
  | { at: 'document'; kind: string; id: number | 'new' };

/** What narrows or opens the place: filters, a moment, a command. */
export type Asked = Readonly<Record<string, string>>;

export function parse(hash: string): Place {
  const [, name, id, part, within] = hash.split('?')[0]!.split('/');
  const number = /^[1-9]\d{0,14}$/.test(id ?? '') ? Number(id) : null;
  if (name === 'channel' && number !== null) {
    if (part === 'message' && /^[1-9]\d{0,9}$/.test(within ?? '')) return { at: 'channel', id: number, message: Number(within) };
    if (part === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(within ?? '')) return { at: 'channel', id: number, day: within! };
    return { at: 'channel', id: number };
  }
  if (name === 'request' && id === 'new') return { at: 'request', id: 'new' };
  if ((name === 'request' || name === 'project') && number !== null) return { at: name, id: number };
  if (name === 'analysis' || name === 'strategy') {
    if (id === 'new') return { at: name, id };
    if (number !== null) return { at: name, id: number };
  }
  if (name === 'analyses' || name === 'strategies') return { at: name };
  if (name === 'board') return { at: 'board', task: null };
  if (name === 'password' && /^[A-Za-z0-9_-]{8,200}$/.test(id ?? '')) return { at: 'password', secret: id! };
  if (name === 'account' || name === 'people') return { at: name };
  if (name === 'task') return { at: 'board', task: number };
  if (name === 'flow' && /^[a-z_]{1,40}$/.test(id ?? '')) return { at: 'flow', name: id! };
  if ((name === 'appraisal' || name === 'cycle' || name === 'incentive' || name === 'election') && number !== null) return { at: name, id: number };
  if (name === 'appraisals' || name === 'cycles' || name === 'incentives' || name === 'elections' || name === 'indicators') return { at: name };
  if (name === 'inbox' || name === 'channels' || name === 'requests' || name === 'projects' || name === 'waiting' || name === 'search') return { at: name };
  if (!/^[a-z_]{1,40}$/.test(name ?? '')) return { at: 'home' };
  if (id === undefined) return { at: 'documents', list: name! };
  if (id === 'new') return { at: 'document', kind: name!, id };
  return number === null ? { at: 'home' } : { at: 'document', kind: name!, id: number };
}

/** Where somebody begins: at the board who works on tasks, all others at what waits for them. */
export function homeOf(roles: readonly string[]): Exclude<Place, { at: 'home' }> {
  return roles.some((r) => r === 'OM' || r === 'SP' || r === 'DA') ? { at: 'board', task: null } : { at: 'inbox' };
}

export function parseAsked(hash: string): Asked {
  return Object.fromEntries(new URLSearchParams(hash.split('?')[1] ?? ''));
}

export function withAsked(path: string, asked: Record<string, string | undefined>): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(asked)) if (value) q.set(key, value);
  const text = q.toString();
  return text ? `${path}?${text}` : path;
}

export const paths = {
  board: '#/board',
  inbox: '#/inbox',
  account: '#/account',
  people: '#/people',
  channels: '#/channels',
  requests: '#/requests',
  projects: '#/projects',
  waiting: '#/waiting',
  search: '#/search',
  newRequest: '#/request/new',
  task: (id: number) => `#/task/${id}`,
  channel: (id: number) => `#/channel/${id}`,
  message: (channel: number, n: number) => `#/channel/${channel}/message/${n}`,
  day: (channel: number, day: string) => `#/channel/${channel}/day/${day}`,
  request: (id: number) => `#/request/${id}`,
  project: (id: number) => `#/project/${id}`,
  flow: (name: string) => `#/flow/${name}`,
  appraisals: '#/appraisals',
  cycles: '#/cycles',
  incentives: '#/incentives',
  elections: '#/elections',
  indicators: '#/indicators',
  analyses: '#/analyses',
  strategies: '#/strategies',
  newAnalysis: '#/analysis/new',
  newStrategy: '#/strategy/new',
  /** A list by its name, and something new of a kind. */
  list: (name: string) => `#/${name}`,
  newOf: (kind: string) => `#/${kind}/new`,
  /** Of a task, a request, a project and so on. */
  of: (kind: string, id: number) => `#/${kind}/${id}`,
};
