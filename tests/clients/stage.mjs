// A real server behind a network that can fail, for runners in any language: it is told what to do in lines of JSON on its standard
// input, and answers each with a line. The first line that it says is where the room is.
//
//   {"do":"lose","times":2}   the next two commands are carried out, and their answers are lost
//   {"do":"cut"}              every connection is cut
//   {"do":"stop"}             the server is killed (SIGKILL)        {"do":"start"}   and started on the same data

import { createInterface } from 'node:readline';
import { connect, createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Server } from '../browser/server.mjs';

const quick = ['--disk-reserve-mib', '0', '--password-hash-passes', '1', '--password-hash-memory-kib', '8192', '--shards', '1'];
const changes = /^POST \/api\/v1\/(commands|transactions)/;

const home = mkdtempSync(join(tmpdir(), 'opsroom-clients-'));
const server = await Server.make(process.argv[2], home);
await server.start(...quick);

let toLose = 0;
const open = new Set();
const network = createServer({ noDelay: true }, (client) => {
  const up = connect({ port: server.port, host: '127.0.0.1', noDelay: true });
  const end = () => {
    open.delete(end);
    client.destroy();
    up.destroy();
  };
  open.add(end);
  let asked = '';
  client.on('data', (part) => {
    asked = part.toString('latin1', 0, 64);
    up.write(part);
  });
  up.on('data', (part) => {
    if (toLose > 0 && changes.test(asked)) {
      toLose -= 1;
      end();
    } else {
      client.write(part);
    }
  });
  for (const side of [client, up]) side.on('error', end).on('close', end);
});
await new Promise((done) => network.listen(0, '127.0.0.1', done));

const deeds = {
  lose: ({ times }) => (toLose = times),
  cut: () => [...open].forEach((end) => end()),
  stop: () => server.kill(),
  start: () => server.start(...quick),
};
console.log(JSON.stringify({ url: `http://127.0.0.1:${network.address().port}` }));
for await (const line of createInterface({ input: process.stdin })) {
  const said = JSON.parse(line);
  await deeds[said.do](said);
  console.log('{}');
}
await server.kill();
await server.remove();
rmSync(home, { recursive: true, force: true });
process.exit(0);
