import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { PageFiles } from '../../http/page-files.ts';
import { makeKitZip } from './kit-zip.ts';

const KEY = `B${'A'.repeat(86)}`;
const file = (text: string) => ({ body: Buffer.from(text), type: 'text/javascript', etag: '"a"' });
const FILES: PageFiles = new Map([
  ['/', file('the page')],
  ['/sw.js', file('its worker')],
  ['/kit/pushdesk.js', file('// é kit')],
  ['/kit/pushdesk-worker.js', file('// worker')],
]);
const texts = (target: Parameters<typeof makeKitZip>[1]) =>
  Object.fromEntries(
    Object.entries(unzipSync(makeKitZip(FILES, target))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );

describe('the kit as a zip', () => {
  it('holds the kit’s files in one folder, with a page to try and what to do', () => {
    const held = texts({ engine: 'https://push.example.org/', publicKey: KEY });
    const names = Object.keys(held).filter((name) => !name.endsWith('/'));
    expect(names.sort()).toEqual(
      ['README.txt', 'example.html', 'pushdesk-worker.js', 'pushdesk.js'].map((name) => `pushdesk/${name}`),
    );
    expect(held['pushdesk/pushdesk.js']).toBe('// é kit');
    expect(held['pushdesk/example.html']).toContain('engine="https://push.example.org/"');
    expect(held['pushdesk/README.txt']).toContain(KEY);
  });

  it('tells nobody where there is no address', () => {
    const held = texts({ engine: null, publicKey: KEY });
    expect(held['pushdesk/example.html']).toMatch(/^\s+offline$/m);
    expect(held['pushdesk/README.txt']).toContain('Import');
  });
});
