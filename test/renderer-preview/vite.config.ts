import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Serves the user interface in a browser, on an engine made of sample data. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../node_modules/.vite-preview',
  plugins: [react()],
  server: { port: 5199, strictPort: true, host: '127.0.0.1', fs: { allow: ['../..'] } },
  clearScreen: false,
});
