import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { html, type KitSite } from './kit-site.ts';
import { ROOT } from './pushdesk.ts';

/** The site's first page, bundled by Vite. @param component the code of a file that exports `Notifications` and imports the kit's module */
export async function addReactPage(site: KitSite, component: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pushdesk-react-'));
  const kit = site.files.get('/pushdesk/pushdesk.mjs');
  try {
    await mkdir(path.join(folder, 'pushdesk'));
    await writeFile(path.join(folder, 'pushdesk', 'pushdesk.mjs'), typeof kit === 'string' ? kit : '');
    await writeFile(path.join(folder, 'Notifications.jsx'), component);
    await writeFile(
      path.join(folder, 'main.jsx'),
      `import { createRoot } from 'react-dom/client';
      import { Notifications } from './Notifications.jsx';
      createRoot(document.getElementById('root')).render(<Notifications />);`,
    );
    await writeFile(
      path.join(folder, 'index.html'),
      html('<div id="root"></div><script type="module" src="/main.jsx"></script>'),
    );
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: [react()],
      resolve: {
        alias: ['react', 'react-dom'].map((name) => ({
          find: new RegExp(`^${name}(?=/|$)`),
          replacement: path.join(ROOT, 'node_modules', name),
        })),
      },
    });
    const assets = path.join(folder, 'dist', 'assets');
    for (const name of await readdir(assets)) {
      site.files.set(`/assets/${name}`, await readFile(path.join(assets, name), 'utf8'));
    }
    site.files.set('/index.html', await readFile(path.join(folder, 'dist', 'index.html'), 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
