import path from 'node:path';
import { defineConfig } from 'vite';

/** The embeddable widget: one plain script with a stable name, no dependencies. Runs after the main build, into the same folder. */
export default defineConfig({
  root: 'web/widget',
  build: {
    outDir: path.join(import.meta.dirname, 'dist', 'web'),
    emptyOutDir: false,
    copyPublicDir: false,
    lib: { entry: 'main.ts', formats: ['iife'], name: 'glasshouseTrack', fileName: () => 'widget.js' },
  },
});
