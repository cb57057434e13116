import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleEngine } from '../bundle/programs.mjs';
import { ROOT } from '../setup/paths.mjs';

/**
 * Bundles the engine once for all tests of a suite, from the sources as they are now; `ENGINE_FOR_TESTS` names its folder. Tests start its
 * threads and programs hundreds of times, and each start from the sources loads hundreds of files. What V8 compiles of it is kept beside
 * it, for all of these programs. A build that begins meanwhile does not replace it.
 */
export default async function setUp() {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-engine-'));
  await bundleEngine(path.join(folder, 'out'));
  copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  for (const part of ['node_modules', path.join('out', 'web-demo')])
    symlinkSync(path.join(ROOT, part), path.join(folder, part), 'junction');
  process.env['NODE_COMPILE_CACHE'] = path.join(folder, 'compiled');
  process.env['ENGINE_FOR_TESTS'] = path.join(folder, 'out', 'engine');
  // Not when the tests are over: the processes that ran them write what V8 compiled as they end.
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
}
