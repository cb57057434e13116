import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { decryptRecord, parseBody } from '../../local-push-service/checks/aes128gcm.ts';
import { createDeviceKeys } from '../../local-push-service/devices/device-keys.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { babblingWorker } from '../../testing/babbling-worker.ts';
import { WORKER_FILES } from '../../testing/engine-options.ts';
import type { Encryptor } from './encryptor.ts';
import { createEncryptorPool } from './encryptor-pool.ts';
import { createInlineEncryptor } from '../../testing/inline-encryptor.ts';

const WORKER = WORKER_FILES.encrypt;
const open: Encryptor[] = [];
afterEach(async () => {
  for (const encryptor of open.splice(0)) await encryptor.close();
});

function pool(workerFile: URL = WORKER, threads = 2) {
  const captured = capturedLog();
  const encryptor = createEncryptorPool({ workerFile, threads, log: captured.log });
  open.push(encryptor);
  return { encryptor, logText: () => captured.text() };
}

const devices = createDeviceKeys({ seed: 'encryptor', keyPairs: 16 });
const recipient = (index: number) => {
  const { publicKey, auth } = devices.of(index);
  return { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') };
};

function opened(body: Buffer, index: number): string {
  const parsed = parseBody(body);
  if (parsed.kind === 'malformed') return parsed.why;
  const decrypted = decryptRecord(parsed.record, devices.of(index));
  return decrypted.kind === 'plaintext' ? decrypted.plaintext.toString() : decrypted.why;
}

describe.each([
  ['worker threads', () => pool().encryptor],
  ['the calling thread', createInlineEncryptor],
])('encryption on %s', (_name, make) => {
  it('gives each recipient a body that it alone opens', async () => {
    const payload = JSON.stringify({ title: 'Grüße', body: '😀' });
    const bodies = await make().encrypt(
      payload,
      Array.from({ length: 40 }, (_item, index) => recipient(index)),
    );
    expect(bodies).toHaveLength(40);
    bodies.forEach((result, index) => {
      const body = result.kind === 'body' ? result.body : Buffer.alloc(0);
      expect(opened(body, index)).toBe(payload);
    });
    const whole = bodies.map((result) => (result.kind === 'body' ? result.body.toString('hex') : ''));
    expect(new Set(whole).size).toBe(40);
  });

  it('gives each recipient its own payload, and none to whom there is none for', async () => {
    const results = await make().encrypt(['first', 'second'], [recipient(0), recipient(1), recipient(2)]);
    const texts = results.map((result, index) =>
      result.kind === 'body' ? opened(result.body, index) : result.detail,
    );
    expect(texts).toEqual(['first', 'second', 'There is no payload for this recipient.']);
  });

  it('fails for the one whose keys are damaged, and for no other', async () => {
    const broken = { p256dh: randomBytes(65).toString('base64url'), auth: recipient(1).auth };
    const results = await make().encrypt('{}', [recipient(0), broken, recipient(2)]);
    expect(results.map(({ kind }) => kind)).toEqual(['body', 'failed', 'body']);
  });
});

describe('the pool', () => {
  it('works through many batches at once', async () => {
    const { encryptor } = pool();
    const batches = await Promise.all(
      Array.from({ length: 12 }, (_item, index) => encryptor.encrypt('{}', [recipient(index)])),
    );
    expect(batches.flat().every(({ kind }) => kind === 'body')).toBe(true);
  });

  it('encrypts on the threads that were got ready, and starts none once it is closed', async () => {
    const { encryptor, logText } = pool();
    encryptor.getReady();
    encryptor.getReady();
    expect((await encryptor.encrypt('{}', [recipient(0)]))[0]?.kind).toBe('body');
    await encryptor.close();
    encryptor.getReady();
    expect(await encryptor.encrypt('{}', [recipient(0)])).toEqual([
      { kind: 'failed', detail: 'The app is stopping.' },
    ]);
    expect(logText()).toBe('');
  });

  it('fails a batch that no thread survives, says so in the log, and never hangs', async () => {
    const { encryptor, logText } = pool(new URL('no-such-worker.ts', import.meta.url), 1);
    const results = await encryptor.encrypt('{}', [recipient(0), recipient(1)]);
    expect(results.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    expect(logText()).toContain('encryption thread');
  });

  it.each([
    'null',
    '7',
    '[]',
    '{}',
    '{ id: 1, block: new Uint8Array(3), parts: [{ length: 9 }] }',
    '{ id: 9 }',
  ])('ends a thread that answers with %s, and fails what it had', async (message) => {
    const { encryptor, logText } = pool(babblingWorker(message), 1);
    const [result] = await encryptor.encrypt('{}', [recipient(0)]);
    expect(result?.kind).toBe('failed');
    expect(logText()).toContain('an answer that is not valid');
  });

  it('settles what it was doing when it is closed', async () => {
    const { encryptor } = pool();
    const pending = encryptor.encrypt(
      '{}',
      Array.from({ length: 500 }, (_item, index) => recipient(index)),
    );
    await encryptor.close();
    expect((await pending)[0]?.kind).toMatch(/body|failed/);
  });
});
