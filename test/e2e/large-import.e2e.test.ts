import { createECDH, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { goTo, rowsOf } from './support/person.ts';
import { launchPushdesk, makeTempFolder } from './support/pushdesk.ts';

const ROWS = 8000;

let temp: ReturnType<typeof makeTempFolder>;
beforeEach(() => {
  temp = makeTempFolder();
});
afterEach(() => {
  temp.remove();
});

/** JSON lines of about 3 MB, one of them broken. */
function writeFile(): string {
  const ecdh = createECDH('prime256v1');
  const lines = Array.from({ length: ROWS }, () =>
    JSON.stringify({
      endpoint: `https://fcm.googleapis.com/fcm/send/${randomBytes(100).toString('base64url')}`,
      expirationTime: null,
      keys: { p256dh: ecdh.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
    }),
  );
  lines.splice(ROWS / 2, 0, '{"endpoint":"https://fcm.googleapis.com/');
  const file = path.join(temp.folder, 'subscribers.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
}

it('imports a file that is too large to be pasted: looks at it first, and one bad row stops nothing', async () => {
  const pushdesk = await launchPushdesk({ dataDir: path.join(temp.folder, 'data') });
  try {
    const { window } = pushdesk;
    await pushdesk.ready();
    await goTo(window, 'Subscriptions');
    await window.getByRole('button', { name: 'Import' }).click();
    const dialog = window.getByRole('dialog', { name: 'Import subscriptions' });
    await dialog.locator('input[type=file]').setInputFiles(writeFile());
    await dialog.getByText('subscribers.jsonl').waitFor();
    await dialog.getByText(`Line ${(ROWS / 2 + 1).toLocaleString('en')}`).waitFor();
    await dialog.getByRole('button', { name: `Import ${ROWS.toLocaleString('en')} subscriptions` }).click();
    await dialog.waitFor({ state: 'hidden' });
    await window.getByText(`${ROWS.toLocaleString('en')} subscriptions added, 1 rejected.`).waitFor();
    await expect.poll(async () => (await rowsOf(window, 'Subscriptions')).length).toBeGreaterThan(5);
  } finally {
    await pushdesk.quit();
  }
});
