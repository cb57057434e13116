import { afterAll, beforeAll, expect, it } from 'vitest';
import { TUTORIAL } from '../../electron/engine/areas/worker-check/testing/workers.ts';
import { goTo } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

const temp = makeTempFolder();
let pushdesk: Pushdesk;

beforeAll(async () => {
  pushdesk = await launchPushdesk({ dataDir: temp.folder });
  await pushdesk.ready();
});
afterAll(async () => {
  await pushdesk.quit();
  temp.remove();
});

it("runs a site's own service worker in a process of its own, and ends one that does not end", async () => {
  const { window, app } = pushdesk;
  await goTo(window, 'Compose');
  await window.getByRole('textbox', { name: 'Title' }).fill('Half price');
  await window.getByRole('textbox', { name: 'URL', exact: true }).fill('/sale');
  await window.getByRole('button', { name: 'Check your service worker' }).click();
  const dialog = window.getByRole('dialog', { name: 'Check your service worker' });
  const script = dialog.getByRole('textbox', { name: 'Service worker' });
  await script.fill(TUTORIAL);
  await dialog.getByRole('button', { name: 'Check', exact: true }).click();
  await dialog.getByRole('heading', { name: 'It works' }).waitFor();
  await dialog.getByText('Opens https://your-site.example/sale').waitFor();

  await script.fill("self.addEventListener('push', () => { for (;;); });");
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await dialog.getByText('It was still running after 4 seconds and was stopped.').waitFor();
  // The process has left nothing behind.
  await expect
    .poll(() =>
      app.evaluate(({ app: main }) =>
        main.getAppMetrics().flatMap(({ name }) => (name === 'Service worker check' ? [name] : [])),
      ),
    )
    .toEqual([]);
});
