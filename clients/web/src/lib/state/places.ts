// The addresses of the page. Pure.

export type Place =
  | { at: 'home' }
  | { at: 'board'; task: number | null }
  | { at: 'inbox' }
  | { at: 'account' | 'organisation' | 'calendar' | 'definitions' }
  | { at: 'people' | 'log'; id: number | null }
  | { at: 'password'; secret: string }
  | { at: 'channels' }
  | { at: 'channel'; id: number; message?: number; day?: string }
  | { at: 'waiting' }
  | { at: 'search' }
  | { at: 'flow'; name: string }
  /** Of kinds of documents: whether there is such a kind is not known here. */
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
  if (name === 'board') return { at: 'board', task: null };
  if (name === 'password' && /^[A-Za-z0-9_-]{8,200}$/.test(id ?? '')) return { at: 'password', secret: id! };
  if (name === 'account' || name === 'organisation' || name === 'calendar' || name === 'definitions') return { at: name };
  if (name === 'people' || name === 'log') return { at: name, id: number };
  if (name === 'task') return { at: 'board', task: number };
  if (name === 'flow' && /^[a-z_]{1,40}$/.test(id ?? '')) return { at: 'flow', name: id! };
  if (name === 'inbox' || name === 'channels' || name === 'waiting' || name === 'search') return { at: name };
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
  person: (id: number) => `#/people/${id}`,
  organisation: '#/organisation',
  calendar: '#/calendar',
  definitions: '#/definitions',
  log: '#/log',
  event: (position: number) => `#/log/${position}`,
  channels: '#/channels',
  waiting: '#/waiting',
  search: '#/search',
  task: (id: number) => `#/task/${id}`,
  channel: (id: number) => `#/channel/${id}`,
  message: (channel: number, n: number) => `#/channel/${channel}/message/${n}`,
  day: (channel: number, day: string) => `#/channel/${channel}/day/${day}`,
  flow: (name: string) => `#/flow/${name}`,
  /** A list by its name, and something new of a kind. */
  list: (name: string) => `#/${name}`,
  newOf: (kind: string) => `#/${kind}/new`,
  /** Of a task, a request, a project and so on. */
  of: (kind: string, id: number) => `#/${kind}/${id}`,
};
