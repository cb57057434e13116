import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** What a process that imports a module of this folder has loaded, as text. */
function loadedBy(module) {
  const url = pathToFileURL(path.join(import.meta.dirname, module)).href;
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    await import(${JSON.stringify(url)});
    console.log(loaded.join('\\n'));
  `;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
}

it('starts the bundlers in a process of their own: what stays beside the app has loaded none', () => {
  const bundlers = /node_modules\/(?:esbuild|vite|rollup|rolldown)\//;
  expect(loadedBy('build-all.mjs')).toContain('parts.mjs');
  expect(loadedBy('build-all.mjs')).not.toMatch(bundlers);
  // The same check does find one that is loaded.
  expect(loadedBy('programs.mjs')).toMatch(bundlers);
});
