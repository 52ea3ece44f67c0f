// Refusals as exceptions: the server's own object, and those that are made here where it can't be asked, in the same form.

import type { Problem } from './types.js';

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super([`${problem.en}${problem.clause ? ` [${problem.clause}]` : ''}`, ...(problem.errors ?? []).map((e) => `  ${e.pointer}: ${e.en}`)].join('\n'));
    this.name = 'Refused';
  }

  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
  get clause(): string | undefined {
    return this.problem.clause;
  }
  get pointers(): string[] {
    return (this.problem.errors ?? []).map((e) => e.pointer);
  }
  /** Of a transaction: which of its commands, and why. */
  get refused(): Map<number, Problem> {
    return new Map((this.problem.refused ?? []).map((r) => [r.index, r.problem]));
  }
  /** Whether the same may go through later: the server took nothing. */
  get isPassing(): boolean {
    return [0, 429, 502, 503, 504].includes(this.status);
  }
}

function local(code: string, status: number, zh: string, en: string): Problem {
  return { type: `urn:opsroom:problem:${code}`, title: en, status, code, detail: en, zh, en };
}

export const problems = {
  tooLarge: local('too_large', 413, '内容太长，服务器不会接收；请缩短后再试。', 'This is too long for the server; shorten it and try again.'),
  tooMany: local('too_many', 429, '等待发送的操作太多；请等连接恢复后再试。', 'Too much is waiting to be sent; try again once the connection is back.'),
  unreachable: local('unreachable', 0, '连不上服务器；请检查网络后再试。', 'The server can’t be reached; check the network and try again.'),
  ended: local('session_ended', 401, '登录已过期，请重新登录。', 'You have been logged out; log in again.'),
  odd: local('odd_answer', 500, '服务器的回答无法理解；请稍后再试。', 'The server’s answer made no sense; try again later.'),
};

export function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  const p = value as Record<string, unknown>;
  return typeof p['code'] === 'string' && typeof p['zh'] === 'string' && typeof p['en'] === 'string';
}

/** What to tell a person about whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  return thrown instanceof Refused ? thrown.problem : problems.odd;
}
