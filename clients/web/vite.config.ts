import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

declare const process: { env: Record<string, string | undefined> };

// `npm run dev` serves the page with hot reload and passes the wire on to an opsroomd beside it.
const server = process.env['OPSROOM_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte()],
  // All that a program does alike is the client's. What is made by a built opsroomd (src/made) gives the page types alone: it goes into one.
  resolve: { alias: { '@client': new URL('../js/src', import.meta.url).pathname } },
  build: {
    target: 'es2022',
    // Everything is a file of its own: the page runs under a policy that allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    fs: { allow: ['.', '../js/src'] },
    // The server checks where a request comes from, so the proxy has to speak in the server's own name.
    proxy: { '/api': { target: server, ws: true, changeOrigin: true, headers: { origin: server } } },
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
