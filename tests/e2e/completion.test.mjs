// What `opsroom completion bash|zsh` prints, in the real shells. Where a shell is not installed its tests are skipped.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = join(process.env.OPSROOM_BIN, 'opsroom');
const here = dirname(fileURLToPath(import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'opsroom-completion-'));
after(() => rmSync(home, { recursive: true, force: true }));
// For files to be offered.
const cwd = join(home, 'here');
mkdirSync(cwd);
writeFileSync(join(cwd, 'messages.ndjson'), '');

function run(command, words, lang = 'C.UTF-8') {
  const ended = spawnSync(command, words, { encoding: 'utf8', cwd, timeout: 120_000, env: { PATH: process.env.PATH, HOME: home, LANG: lang, TERM: 'dumb' } });
  assert.equal(ended.status, 0, ended.stderr);
  return ended.stdout;
}
const opsroom = (...words) => run(program, words);

/** The left column of one section of a help text, a list of words a line. */
function listed(help, section) {
  const lines = (help.split(`\n${section}:\n`)[1] ?? '').split('\n\n')[0].split('\n');
  return lines.map((l) => l.match(/^ {2}(\S.*?)(?: {2}|$)/)?.[1].split(' ')).filter(Boolean);
}
const commands = (help) => listed(help, 'Commands').map((left) => left[0]);
const options = (help, section) => listed(help, section).flat().filter((word) => word.startsWith('-'));

/** Line to what has to be offered there, from the program's own help. */
function expected() {
  const out = new Map();
  const root = opsroom('--help');
  const nouns = commands(root);
  const everywhere = options(root, 'Global options (anywhere)');
  assert.ok(nouns.length > 8 && everywhere.length > 8);
  out.set('opsroom ', nouns);
  for (const noun of nouns) {
    const verbs = commands(opsroom(noun, '--help'));
    if (verbs.length) out.set(`opsroom ${noun} `, verbs);
    for (const verb of verbs) {
      const own = options(opsroom(noun, verb, '--help'), 'Options');
      out.set(`opsroom ${noun} ${verb} -`, new Set([...own, ...everywhere, '-h', '--help']));
    }
  }
  out.set('opsroom ta', ['task']);
  out.set('opsroom nonsense ', nouns);
  const states = ['assigned', 'blocked', 'cancelled', 'done', 'in_progress', 'returned', 'submitted'];
  out.set('opsroom task list --status ', states);
  out.set('opsroom task list --status in', ['in_progress']);
  out.set('opsroom task list --status=', states);
  out.set('opsroom task list --status=do', ['done']);
  out.set('opsroom -o ', ['csv', 'json', 'ndjson', 'table']);
  out.set('opsroom task show 7 -o j', ['json']);
  out.set('opsroom task list --overdue -o json --sta', ['--status']);
  out.set('opsroom --lang zh channel m', ['messages']);
  // What an option takes is no command, and no command is what an option takes.
  out.set('opsroom --server task mem', ['member']);
  out.set('opsroom --server=task mem', ['member']);
  out.set('opsroom --server ', []);
  out.set('opsroom task list --to ', []);
  out.set('opsroom channel post ', []);
  out.set('opsroom member language ', ['en', 'zh']);
  return out;
}

const sorted = (words) => [...words].sort().join(' ');

function check(answers, wanted, files) {
  const lines = [...wanted.keys()];
  lines.forEach((line, i) => assert.equal(answers[i], sorted(wanted.get(line)), `“${line}”`));
  assert.equal(answers[lines.length], files, 'files');
  assert.equal(answers[lines.length + 1], files, 'files');
}
const with_files = ['opsroom import chat ', 'opsroom import slack --language zh --ca '];

for (const lang of ['en', 'zh']) {
  test(`bash, ${lang}`, { skip: spawnSync('bash', ['--version']).error && 'no bash' }, () => {
    const script = join(home, `${lang}.bash`);
    writeFileSync(script, opsroom('completion', 'bash', '--lang', lang));
    const wanted = expected();
    check(run('bash', ['--norc', join(here, 'complete.bash'), script, ...wanted.keys(), ...with_files]).split('\n'), wanted, 'messages.ndjson');
  });

  test(`zsh, ${lang}`, { skip: spawnSync('zsh', ['--version']).error && 'no zsh' }, () => {
    const folder = join(home, `zsh-${lang}`);
    mkdirSync(folder);
    writeFileSync(join(folder, '_opsroom'), opsroom('completion', 'zsh', '--lang', lang));
    const wanted = expected();
    check(run('zsh', ['-f', join(here, 'complete.zsh'), folder, ...wanted.keys(), ...with_files]).split('\n'), wanted, 'files');
  });
}
