// The page from a folder (npm run build) in front of an opsroomd that has another one inside: what is not of the page is
// passed on as it is. With it the page can be tried without building the server anew.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Resolves to its address. `port` is the opsroomd's. */
export async function servePage(folder, port) {
  const headers = {};
  const page = createServer((asked, answer) => {
    const path = new URL(asked.url, 'http://x').pathname;
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    if (!path.startsWith('/api/') && existsSync(file) && statSync(file).isFile()) {
      answer.writeHead(200, { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream' });
      return createReadStream(file).pipe(answer);
    }
    const passed = request({ host: '127.0.0.1', port, method: asked.method, path: asked.url, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    passed.on('error', () => answer.writeHead(502).end());
    asked.pipe(passed);
  });
  page.on('upgrade', (asked, socket, head) => {
    const there = connect(port, '127.0.0.1', () => {
      const lines = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}`);
      there.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      there.write(head);
      there.pipe(socket).pipe(there);
    });
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
  });
  await new Promise((done) => page.listen(0, '127.0.0.1', done));
  page.unref();
  return {
    url: `http://127.0.0.1:${page.address().port}`,
    /** Takes over the policy under which the server's own page runs. */
    async learn() {
      const own = await fetch(`http://127.0.0.1:${port}/`);
      const policy = own.headers.get('content-security-policy');
      if (policy) headers['content-security-policy'] = policy;
    },
  };
}
