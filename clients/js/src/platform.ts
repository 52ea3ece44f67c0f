// What differs between a page and Node.

import type { Socket } from './live.js';

export interface Platform {
  /** Where a page comes from. */
  origin?: string;
  /** Whether a cookie says who one is. */
  cookies: boolean;
  /** A socket on its way; a page's can't have headers. */
  open(url: string, protocol: string, headers: Record<string, string>): Promise<Socket>;
  /** A file of this machine, where there are some. */
  readFile?(path: string): Promise<{ name: string; content: Uint8Array }>;
}

export const page: Platform = {
  ...(typeof location === 'undefined' ? {} : { origin: location.origin }),
  cookies: true,
  open: async (url, protocol) => new WebSocket(url, protocol) as unknown as Socket,
};
