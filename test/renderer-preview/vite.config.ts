import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { engines } from './engines.ts';

/** Serves the user interface in a browser, with an engine for each page: `?scenario=empty` and the like in its address. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../node_modules/.vite-preview',
  plugins: [react(), engines()],
  server: { port: 5199, strictPort: true, host: '127.0.0.1', fs: { allow: ['../..'] } },
  clearScreen: false,
});
