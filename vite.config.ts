import { existsSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

const at = (...parts: string[]): string => path.join(import.meta.dirname, ...parts);
const outDir = at('dist', 'web');
const pages = ['track', 'console', 'widget'].filter((app) => existsSync(at('web', app, 'index.html')));

/** One HTML page per app, so that a customer's phone never loads the console's script. */
const apps: UserConfig = {
  root: 'web',
  plugins: [react()],
  build: {
    outDir,
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_500,
    rollupOptions: { input: Object.fromEntries(pages.map((app) => [app, at('web', app, 'index.html')])) },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8080', '/docs': 'http://127.0.0.1:8080' } },
};

/** The script that other people's pages load: one file under a name that never changes, nothing beside it. Built after the apps. */
const widget: UserConfig = {
  root: 'web',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir,
    emptyOutDir: false,
    lib: { entry: at('web', 'widget', 'main.ts'), formats: ['iife'], name: 'GlasshouseTrack', fileName: () => 'widget.js' },
  },
};

export default defineConfig(({ mode }) => (mode === 'widget' ? widget : apps));
