// Calls of the server as its document says, and what is wrong with what it answers.

import { Chance } from './chance.mjs';
import { Strict } from './strict.mjs';

const password = 'opsroom-demo';
const bare = (type) => type?.split(';')[0].trim();

// Each takes long, or ends what the others need: seldom.
const seldom = { post_log_verify: 200, post_backups: 200, post_backups_verify: 200, post_session: 200, post_session_token: 200, post_tokens: 200, delete_session: 200, put_members_id_password: 200,
                 delete_sessions: 200, 'member.leave': 200, 'member.erase': 200 };

export class Caller {
  static async log_in(url, who, openapi, asyncapi) {
    const one = new Caller();
    Object.assign(one, { url, who, openapi });
    one.feeds = new Strict(asyncapi, 'asyncapi');
    await one.again();
    return one;
  }

  async again() {
    const answer = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ login: this.who, password }),
    });
    if (answer.ok) this.cookie = answer.headers.get('set-cookie').split(';')[0];
  }

  get(path) {
    return this.send('GET', path);
  }

  async send(method, path, body, headers = {}) {
    const stop = new AbortController();
    const answer = await fetch(this.url + path, { method, body, signal: stop.signal, headers: { cookie: this.cookie, origin: this.url, ...headers } });
    const type = answer.headers.get('content-type');
    if (bare(type) === 'text/event-stream') return { status: answer.status, type, text: await first_events(answer, stop) };
    const text = await answer.text();
    const is_json = /json$/.test(bare(type) ?? '') && text !== '' && method !== 'HEAD';
    return { status: answer.status, type, text, body: is_json ? JSON.parse(text) : undefined, retry: answer.headers.get('retry-after') };
  }

  /** Adds what the document does not know of that answer. */
  look(strict, path, method, answer, faults) {
    const one = this.openapi.paths[path][method];
    const fault = (what) => faults.has(`${one.operationId} ${what}`) || faults.set(`${one.operationId} ${what}`, answer.text?.slice(0, 400));
    const said = one.responses[answer.status];
    if (answer.status >= 500) fault(`answers ${answer.status}`);
    if (!said) return fault(`answers ${answer.status}, which it does not name`);
    const place = said.$ref ? said.$ref.split('/').slice(1) : ['paths', path, method, 'responses', answer.status];
    const content = place.reduce((at, key) => at[key], this.openapi).content;
    if (answer.status === 429 && !answer.retry) fault('answers 429 without Retry-After');
    if (!content) return answer.text === '' || fault(`answers ${answer.status} with a body`);
    const media = Object.keys(content).find((m) => m === '*/*' || bare(m) === bare(answer.type));
    if (!media) return fault(`answers ${answer.status} as ${answer.type}`);
    const schema = [...place, 'content', media, 'schema'];
    const check = (value) => {
      const wrong = strict.faults(schema, value);
      if (wrong) fault(`${answer.status}: ${wrong}`);
    };
    if (bare(media) === 'application/x-ndjson') for (const line of answer.text.trim().split('\n')) check(JSON.parse(line));
    else if (bare(media) === 'text/event-stream') this.#look_at_events(answer.text, fault);
    else check(/json$/.test(bare(media)) ? answer.body : answer.text);
  }

  #look_at_events(text, fault) {
    for (const part of text.split('\n\n').slice(0, -1)) {
      const name = part.match(/^event: (.*)$/m)?.[1], data = part.match(/^data: (.*)$/m)?.[1];
      if (!name) continue;  // a comment
      const wrong = this.feeds.faults(['components', 'messages', name, 'payload'], JSON.parse(data));
      if (wrong) fault(`event ${name}: ${wrong}`);
    }
  }

  /** How often each status was answered. */
  static async call_by_chance(people, strict, seed, count, faults) {
    const { openapi } = people[0];
    const { today } = (await people[0].get('/api/v1/calendar')).body;
    const chance = new Chance(seed, openapi, today);
    const all = Object.entries(openapi.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path, method, one: methods[method] })));
    const of_commands = all.filter((o) => o.path.includes('/commands/')), others = all.filter((o) => !o.path.includes('/commands/'));
    const seen = {};
    for (let n = 0; n < count; ) {
      const { path, method, one } = chance.pick(chance.one_in(2) ? of_commands : others);
      if (seldom[one.operationId] && !chance.one_in(seldom[one.operationId])) continue;
      ++n;
      const who = chance.pick(people);
      const answer = await who.#call(chance, path, method, one);
      seen[answer.status] = (seen[answer.status] ?? 0) + 1;
      who.look(strict, path, method, answer, faults);
      if (answer.status === 401) await who.again();
    }
    return seen;
  }

  #call(chance, path, method, one) {
    const parameters = (one.parameters ?? []).map((p) => (p.$ref ? this.openapi.components.parameters[p.$ref.split('/').at(-1)] : p));
    const headers = {}, query = new URLSearchParams();
    let address = path;
    for (const p of parameters) {
      const value = this.#argument(chance, p, path);
      if (p.in === 'path') address = address.replace(`{${p.name}}`, encodeURIComponent(value) || '0');
      else if (chance.one_in(3)) {
        if (p.in === 'query') query.set(p.name, value);
        else headers[p.name] = value.replace(/[^\x20-\x7e]/g, '').trim();
      }
    }
    const search = query.size ? `?${query}` : '';
    let body;
    if (one.requestBody) {
      const [media, { schema }] = Object.entries(one.requestBody.content)[0];
      headers['content-type'] = chance.one_in(40) ? 'text/plain' : media;
      const value = chance.value(schema);
      body = media === 'application/json' ? JSON.stringify(value) : String(value);
      if (chance.one_in(40)) body = body.slice(0, body.length / 2);
    }
    return this.send(method.toUpperCase(), address + search, body, headers);
  }

  #argument(chance, p, path) {
    if (p.name === 'as_of' && !chance.one_in(4)) return String(1 + chance.below(3_000));
    if (p.in === 'path' && p.name === 'name') {
      const names = path.includes('/feeds/') ? ['board', 'inbox', 'directory', 'channels', 'waiting', 'org', 'flows', 'forms', 'task', 'channel', 'audit', 'presence'] : ['task', 'request', 'project'];
      if (!chance.one_in(8)) return chance.pick(names);
    }
    const value = chance.value(p.schema);
    return typeof value === 'object' ? '' : String(value);
  }
}

/** What comes within a moment of a stream that does not end. */
async function first_events(answer, stop) {
  let text = '';
  const timer = setTimeout(() => stop.abort(), 300);
  try {
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (text.includes('event: snapshot') && text.endsWith('\n\n')) break;
    }
  } catch (e) {
    if (e.name !== 'AbortError') throw e;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  return text;
}
