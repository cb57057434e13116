import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { OUT, ROOT } from '../setup/paths.mjs';
import { recordBundled } from './bundled-packages.mjs';

/** The oldest runtime that they must run on: the Node inside Electron 33. */
const TARGET = 'node20.18';

/** Found at run time: Electron itself, and the one package with a compiled part. */
const EXTERNAL = ['electron', 'better-sqlite3', 'pg-native'];

/** Packages that are CommonJS internally call `require`, which an ES module does not have. */
const REQUIRE_FOR_ESM =
  "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);";

const PROGRAMS = [
  { entry: 'electron/main/index.ts', to: 'main/index.cjs' },
  { entry: 'electron/preload/index.ts', to: 'preload/index.cjs' },
  { entry: 'electron/engine/entries/worker-entry.ts', to: 'engine/worker.mjs' },
  { entry: 'electron/engine/entries/headless-entry.ts', to: 'engine/headless.mjs' },
  { entry: 'electron/engine/entries/command-entry.ts', to: 'engine/command.mjs' },
  { entry: 'electron/engine/workers/queue/work-queue-store.ts', to: 'engine/work-queue.mjs' },
  { entry: 'electron/engine/wire/encrypt-worker.ts', to: 'engine/encrypt-worker.cjs' },
  { entry: 'electron/engine/areas/rehearsal/rehearsal-worker.ts', to: 'engine/rehearsal-worker.mjs' },
  { entry: 'electron/engine/areas/worker-check/sandbox/sandbox-process.ts', to: 'engine/sandbox.mjs' },
  {
    entry: 'electron/engine/areas/subscriptions/reading/read-import-worker.ts',
    to: 'engine/read-import-worker.mjs',
  },
];

/** Bundles what runs in Electron's main process, in the preload script and on the engine's threads. */
export async function buildPrograms() {
  for (const folder of ['main', 'preload', 'engine']) {
    rmSync(path.join(OUT, folder), { recursive: true, force: true });
  }
  recordBundled('programs', await bundle(PROGRAMS, OUT));
}

/**
 * Bundles the engine alone, for tests: with lines and names that can be read where an error names them, in place of maps.
 * @param {string} folder the folder that takes the place of `out`
 */
export async function bundleEngine(folder) {
  const engine = PROGRAMS.filter(({ to }) => to.startsWith('engine/'));
  await bundle(engine, folder, { minifyWhitespace: false, sourcemap: false });
}

/**
 * @param {readonly {entry: string, to: string}[]} programs
 * @param {string} outdir
 * @param {import('esbuild').BuildOptions} [more]
 * @returns {Promise<string[]>} the modules in them, from the root of the project
 */
async function bundle(programs, outdir, more = {}) {
  // Those of one format at once: each module that several of them hold is then read only once.
  const modules = ['.mjs', '.cjs'].map(async (end) => {
    const esm = end === '.mjs';
    const { metafile } = await build({
      entryPoints: programs.flatMap(({ entry, to }) =>
        to.endsWith(end) ? [{ in: path.join(ROOT, entry), out: to.slice(0, -end.length) }] : [],
      ),
      outdir,
      outExtension: { '.js': end },
      bundle: true,
      platform: 'node',
      target: TARGET,
      format: esm ? 'esm' : 'cjs',
      external: EXTERNAL,
      banner: esm ? { js: REQUIRE_FOR_ESM } : {},
      minifySyntax: true,
      minifyWhitespace: true,
      sourcemap: true,
      legalComments: 'none',
      logLevel: 'silent',
      absWorkingDir: ROOT,
      metafile: true,
      ...more,
    });
    return Object.keys(metafile?.inputs ?? {});
  });
  return (await Promise.all(modules)).flat();
}
