import { existsSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apps = ['track', 'console', 'widget'].filter((app) => existsSync(path.join(import.meta.dirname, 'web', app, 'index.html')));

/** One HTML page per app, so that a customer's phone never loads the console's script. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist', 'web'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_500,
    rollupOptions: { input: Object.fromEntries(apps.map((app) => [app, path.join(import.meta.dirname, 'web', app, 'index.html')])) },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8080', '/docs': 'http://127.0.0.1:8080' } },
});
