// The page in a real browser against a real opsroomd.
//
// node run.mjs --bin build/bin [--out build/browser] [--browser /usr/bin/chromium] [--page clients/web/dist] [--only 5]
//
// --page tries a page from a folder in place of the one inside; --only runs the cases whose names begin so; --without 7,8 leaves these numbers out.
// Screenshots and the server's log are left in --out. The closing line says how many passed and failed.

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium } from 'playwright-core';

import { Server } from './server.mjs';

const { values } = parseArgs({
  options: {
    bin: { type: 'string', default: 'build/bin' },
    out: { type: 'string', default: 'build/browser' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    page: { type: 'string' },
    only: { type: 'string', default: '' },
    without: { type: 'string', default: '' },
  },
});
const out = resolve(values.out);
mkdirSync(out, { recursive: true });

const binary = resolve(values.bin, 'opsroomd');
for (const needed of [binary, values.browser]) {
  if (existsSync(needed)) continue;
  console.error(`${needed} does not exist; build first, and install chromium`);
  process.exit(2);
}

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

let passed = 0;
let failed = 0;
/** What the pages complained of: errors of their own, and of the content policy. */
const complaints = [];
const pages = [];

/** What tells how a page stands, where there is nobody to look at its picture. */
function seen() {
  const words = (where) => [...document.querySelectorAll(where)].map((e) => e.textContent.trim().replace(/\s+/g, ' ').slice(0, 200)).filter(Boolean);
  const status = document.querySelector('[data-testid=status]');
  return JSON.stringify({
    at: location.hash, status: status && `${status.textContent.trim()} (version ${status.dataset.version})`, said: words('[role=alert]'), held: words('[data-testid=held]:not([hidden])'),
    forms: [...document.querySelectorAll('[data-form]')].map((f) => f.dataset.form), wrong: words('.wrong'),
  });
}

const server = await Server.make(binary, out, values.page ? resolve(values.page) : null);
const browser = await chromium.launch({ executablePath: values.browser, args: flags });

const room = {
  server,
  /** Where what is to be looked at afterwards is left. */
  out,
  complaints,

  async test(name, run) {
    try {
      await run();
      passed += 1;
      console.log(`ok      ${name}`);
    } catch (e) {
      failed += 1;
      console.log(`FAILED  ${name}\n        ${String(e.message ?? e).split('\n').slice(0, 6).join('\n        ')}`);
      for (const [i, page] of pages.entries()) {
        await page.screenshot({ path: join(out, `failed-${failed}-${i}.png`) }).catch(() => {});
        console.log(`        page ${i}: ${await page.evaluate(seen).catch((why) => why.message)}`);
      }
    }
  },

  /** A page of a person of its own: cookies are not shared. */
  async page(options = {}) {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1360, height: 820 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(25_000);
    page.on('pageerror', (e) => complaints.push(e.message));
    page.on('console', (m) => {
      if (m.type() === 'error' && /content security policy/i.test(m.text())) complaints.push(m.text());
    });
    pages.push(page);
    await page.goto(server.url);
    return page;
  },

  async logIn(page, login, password) {
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', password);
    await page.press('[name=password]', 'Enter');
    // Behind the drawer on a narrow screen, and there all the same.
    await page.waitForSelector(`[data-testid=present] [data-member="${login}"]`, { state: 'attached' });
  },

  /** What has only just appeared is not decided on: resolves once it has been looked at for long enough, and every button and key of it acts. */
  looked: (page, within = '[data-testid=inbox-detail]') =>
    page.waitForFunction((where) => {
      const all = [...document.querySelectorAll(`${where} [data-command]`)];
      return all.length > 0 && all.every((b) => !b.disabled && b.getAttribute('aria-disabled') !== 'true');
    }, within),

  shot: (page, name) => page.screenshot({ path: join(out, `${name}.png`) }),
};

try {
  await server.start();
  // By number: 2 comes before 10, and "--only 1" is the first alone.
  const only = /^\d+$/.test(values.only) ? `${values.only}-` : values.only;
  const cases = readdirSync(new URL('./cases/', import.meta.url)).filter((f) => f.endsWith('.mjs') && f.startsWith(only));
  cases.sort((a, b) => parseInt(a, 10) - parseInt(b, 10));
  const without = values.without.split(',').filter(Boolean);
  for (const file of cases) {
    if (without.includes(String(parseInt(file, 10)))) {
      console.log(`left out  ${file}`);
      continue;
    }
    const { default: run } = await import(new URL(`./cases/${file}`, import.meta.url));
    await run(room);
    for (const page of pages.splice(0)) await page.context().close();
  }
} catch (e) {
  failed += 1;
  console.log(`FAILED  ${e.stack ?? e}`);
} finally {
  await browser.close();
  await server.remove();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
