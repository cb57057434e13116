import path from 'node:path';
import { ROOT } from './setup/paths.mjs';
import { runInForeground } from './setup/run.mjs';
import { runScript } from './setup/script.mjs';

void runScript({
  usage: 'npm run bench [-- --short] [--list] [--flood] [--receipts] [--variables] [--workers] [--campaigns]',
  about:
    'Measures what the design promises, prints one table, and writes out/benchmark.json. Takes about thirteen minutes.',
  options: {
    '--short': 'Measures the same with smaller numbers, in about one minute.',
    '--list': 'Measures a list of subscriptions alone: importing, filtering and exporting it.',
    '--flood': 'Measures a campaign alone and while strangers send 1,000 requests a second, in turns.',
    '--receipts': 'Measures a campaign alone and while devices send 2,000 receipts a second, in turns.',
    '--campaigns': 'Measures lists, searches and dates of 10,000 campaigns.',
    '--workers': 'Measures a campaign sent here and through workers, in turns; takes Linux and PostgreSQL.',
    '--variables': 'Measures a campaign with one payload for all and one with a payload for each, in turns.',
  },
  async main(args) {
    const { setUp } = await import('./setup/set-up.mjs');
    await setUp();
    const { buildAll } = await import('./bundle/build-all.mjs');
    await buildAll();
    const { withDisplay } = await import('./setup/display.mjs');
    return withDisplay(() =>
      runInForeground(process.execPath, [path.join(ROOT, 'test', 'benchmarks', 'run.ts'), ...args]),
    );
  },
});
