import { expect, it } from 'vitest';
import type { Host } from '../../base/host.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';
import { piecesOf } from './reading/pieces.ts';
import { createRowReader } from './reading/row-reader.ts';
import { saveRejects } from './rejects-file.ts';

function fakeDesktop(path: string | null) {
  const file = { text: '', kept: null as boolean | null };
  const desktop = {
    openSaveFile: () => Promise.resolve({ file: path === null ? null : { id: '1', path } }),
    writeSaveFile: ({ text }: { text: string }) => {
      file.text += text;
      return Promise.resolve({ written: true });
    },
    closeSaveFile: ({ keep }: { keep: boolean }) => {
      file.kept = keep;
      return Promise.resolve({ kept: keep });
    },
  } as unknown as Host['desktop'];
  return { desktop, file };
}

async function* rejects(pieces: AsyncIterable<string>) {
  const options = { allowPrivateEndpoints: false, batchRows: 10, mostOrdered: 0, tellsAllBad: true };
  const reader = createRowReader(options);
  for await (const piece of pieces) yield reader.push(piece, 0).bad;
  yield reader.end(0).bad;
}

const TEXT = '{"rubbish":1}\n{"a":"=cmd()"}\n'.repeat(300);

it('writes all of them, beyond those that are shown, and no formula', async () => {
  const { desktop, file } = fakeDesktop('/home/ann/rejected.csv');
  const saved = await saveRejects({ desktop, rejects, pieces: piecesOf(TEXT), now: 0 });
  expect(saved).toEqual({ path: '/home/ann/rejected.csv', count: 600 });
  const lines = file.text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(601);
  expect(lines[0]).toBe('line,reason,what to do,text');
  expect(lines[1]).toMatch(/^1,There is no endpoint here\.,.*"\{""rubbish"":1\}"$/);
  expect(file.text).not.toMatch(/(?:^|,)[=+@-]/m);
  expect(file.kept).toBe(true);
});

it('takes the text to its end where the person thought better of it, and writes nothing', async () => {
  const { desktop, file } = fakeDesktop(null);
  const saved = await saveRejects({ desktop, rejects, pieces: piecesOf(TEXT), now: 0 });
  expect(saved).toEqual({ path: null, count: 0 });
  expect(file).toEqual({ text: '', kept: null });
});

it('keeps no half of a file', async () => {
  const { desktop, file } = fakeDesktop('/home/ann/rejected.csv');
  async function* failing(): AsyncGenerator<string> {
    yield await Promise.resolve(TEXT);
    throw new Error('the window has gone');
  }
  await expect(saveRejects({ desktop, rejects, pieces: failing(), now: 0 })).rejects.toThrow('the window');
  expect(file.kept).toBe(false);
});

it('says that there is no desktop', async () => {
  const { service } = tempSubscriptions();
  const { id } = service.importStream.open({ purpose: 'rejects', publicKey: null });
  await expect(service.importStream.finish({ id })).rejects.toMatchObject({
    problem: { code: 'no-desktop' },
  });
});
