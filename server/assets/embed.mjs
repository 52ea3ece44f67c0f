// Writes what puts the built pages into the binary: an assembler file that includes the bytes, and a table of them.
// node embed.mjs OUT FOLDER|FILE…   A folder's files are where they lie in it, a file is at the top.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const quoted = (text) => JSON.stringify(text);

const [out, ...roots] = process.argv.slice(2).map((p) => resolve(p));
const packed = join(out, 'gzip');
rmSync(packed, { recursive: true, force: true });
mkdirSync(packed, { recursive: true });

// As bytes, which is how the table is searched.
const files = roots
  .flatMap((root) =>
    statSync(root).isDirectory()
      ? filesIn(root).map((file) => ({ file, path: `/${relative(root, file).split(sep).join('/')}` }))
      : [{ file: root, path: `/${basename(root)}` }],
  )
  .sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));

let assembler = '.section .rodata\n';
const rows = [];
const symbols = [];

function include(symbol, file) {
  assembler += `.balign 16\n.global ${symbol}\n${symbol}:\n.incbin ${quoted(file)}\n`;
  symbols.push(symbol);
}

files.forEach(({ file, path }, i) => {
  const type = types[extname(path)];
  if (!type) throw new Error(`${path}: no content type is known for ${extname(path)}; add it to embed.mjs`);
  const body = readFileSync(file);
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  const smaller = gzipSync(body, { level: 9 });
  const symbol = `opsroom_asset_${i}`;
  include(symbol, file);
  let gzip = '{}';
  if (smaller.length < body.length * 0.9) {
    const kept = join(packed, `${i}.gz`);
    writeFileSync(kept, smaller);
    include(`${symbol}_gzip`, kept);
    gzip = `{${symbol}_gzip, ${smaller.length}}`;
  }
  const immutable = path.startsWith('/assets/');
  rows.push(`    {${quoted(path)}, ${quoted(type)}, {${symbol}, ${body.length}}, ${quoted(etag)}, ${immutable}, ${gzip}},`);
});

assembler += '.section .note.GNU-stack,"",%progbits\n';
writeFileSync(join(out, 'bytes.S'), assembler);
writeFileSync(
  join(out, 'table.cpp'),
  `#include "server/assets/table.hpp"

extern "C" {
${symbols.map((s) => `extern const char ${s}[];`).join('\n')}
}

namespace server::assets {
namespace {

constexpr asset rows[] = {
${rows.join('\n')}
};

}  // namespace

std::span<const asset> table() { return rows; }

}  // namespace server::assets
`,
);
