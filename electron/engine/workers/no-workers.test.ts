import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Which packages a program has loaded after running an engine from start to end. */
const PROGRAM = `
  import { registerHooks } from 'node:module';
  import { mkdtempSync, rmSync } from 'node:fs';
  const loaded = [];
  registerHooks({ resolve: (name, context, next) => { const found = next(name, context); loaded.push(found.url); return found; } });
  const { createEngine } = await import('./electron/engine/engine.ts');
  const { workerFiles } = await import('./electron/engine/base/worker-files.ts');
  const dataDir = mkdtempSync('/tmp/pushdesk-test-');
  const log = { debug() {}, info() {}, warn() {}, error() {}, fatal() {} };
  const options = { dataDir, version: '0', electronVersion: null, subscribePageDir: dataDir, port: 0, fromEnvironment: { settings: {}, variables: {} } };
  const files = workerFiles(new URL('./electron/engine/entries/headless-entry.ts', 'file://' + process.cwd() + '/').href);
  const engine = await createEngine(options, { host: null, log, workerFiles: files });
  await engine.start();
  await engine.stop();
  rmSync(dataDir, { recursive: true });
  console.log(JSON.stringify(loaded.filter((url) => /node_modules\\/pg|work-queue-store/.test(url))));
`;

it('an engine without workers loads nothing of PostgreSQL', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    encoding: 'utf8',
  });
  expect([stdout.trim(), stderr.includes('Error')]).toEqual(['[]', false]);
});
