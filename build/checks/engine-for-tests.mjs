import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
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
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const page = path.join('out', 'web-demo');
  cpSync(path.join(ROOT, page), path.join(folder, page), { recursive: true });
  process.env['NODE_COMPILE_CACHE'] = path.join(folder, 'compiled');
  process.env['ENGINE_FOR_TESTS'] = path.join(folder, 'out', 'engine');
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  // Not when the tests are over: the processes that ran them write what V8 compiled as they end.
  process.once('exit', remove);
  // A suite that is ended from outside has no such event.
  process.once('SIGTERM', () => {
    remove();
    process.kill(process.pid, 'SIGTERM');
  });
}
