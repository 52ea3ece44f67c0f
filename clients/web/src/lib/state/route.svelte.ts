// What is on the screen, kept in the address so that back, reload and a bookmark work.

export type Place =
  | { at: 'board'; task: number | null }
  | { at: 'inbox' }
  | { at: 'channels' }
  | { at: 'channel'; id: number };

export function parse(hash: string): Place {
  const [, name, id] = hash.split('/');
  const number = /^[1-9]\d{0,14}$/.test(id ?? '') ? Number(id) : null;
  if (name === 'channel' && number !== null) return { at: 'channel', id: number };
  if (name === 'task') return { at: 'board', task: number };
  if (name === 'inbox' || name === 'channels') return { at: name };
  return { at: 'board', task: null };
}

export const paths = {
  board: '#/board',
  inbox: '#/inbox',
  channels: '#/channels',
  task: (id: number) => `#/task/${id}`,
  channel: (id: number) => `#/channel/${id}`,
};

class Route {
  place = $state.raw<Place>(parse(location.hash));

  constructor() {
    addEventListener('hashchange', () => (this.place = parse(location.hash)));
  }

  go(path: string): void {
    location.hash = path;
  }
}

export const route = new Route();
