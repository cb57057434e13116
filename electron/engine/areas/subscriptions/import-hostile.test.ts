import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';

describe('hostile input', () => {
  const good = browserSubscription();
  const withKeys = (keys: unknown) => JSON.stringify({ endpoint: good.endpoint, keys });
  const at = (endpoint: unknown) => JSON.stringify({ ...good, endpoint });
  it.each([
    ['an empty line', '\n'],
    ['spaces', ' \t \r\n '],
    ['a word', 'hello'],
    ['a number', '42'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['an empty array', '[]'],
    ['nested arrays', '[[[[]]]]'],
    ['an object that was cut off', JSON.stringify(good).slice(0, -20)],
    ['a string of braces', '{'.repeat(100_000)],
    ['a string of brackets', '['.repeat(100_000)],
    ['deep nesting', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['control characters', '\u0000\u0001\u001b[31m'],
    ['lone surrogates', '{"endpoint":"\ud800"}'],
    ['HTML', '<html><body onload=alert(1)>'],
    ['SQL', "'); DROP TABLE subscriptions; --"],
    ['CSV', 'endpoint,p256dh,auth\nhttps://a.example/1,x,y'],
    ['XML with an entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ['a prototype', '{"__proto__":{"endpoint":"https://a.example"},"keys":{}}'],
    ['a missing endpoint', JSON.stringify({ keys: good.keys })],
    ['an endpoint that is a number', at(5)],
    ['an endpoint that is an object', at({ toString: 'https://a.example' })],
    ['javascript:', at('javascript:alert(1)')],
    ['file:', at('file:///etc/passwd')],
    ['data:', at('data:text/plain,hello')],
    ['http:', at('http://push.example.com/1')],
    ['a name and a password', at('https://user:secret@push.example.com/1')],
    ['a fragment', at('https://push.example.com/1#x')],
    ['127.0.0.1', at('https://127.0.0.1/1')],
    ['127.0.0.1 as a number', at('https://2130706433/1')],
    ['127.0.0.1 in hexadecimal', at('https://0x7f.1/1')],
    ['localhost', at('https://localhost:8443/1')],
    ['a name under localhost', at('https://push.localhost/1')],
    ['IPv6 loopback', at('https://[::1]/1')],
    ['IPv4 inside IPv6', at('https://[::ffff:10.0.0.1]/1')],
    ['the metadata address of clouds', at('https://169.254.169.254/latest/meta-data')],
    ['a private network', at('https://192.168.1.1/1')],
    ['a link-local address', at('https://[fe80::1]/1')],
    ['a backslash', at('https:\\\\push.example.com\\1')],
    ['a line break in the address', at('https://push.example.com/\r\nHost: x')],
    ['an endpoint of 5,000 characters', at(`https://push.example.com/${'a'.repeat(5000)}`)],
    ['an endpoint of a megabyte', at(`https://push.example.com/${'a'.repeat(1_000_000)}`)],
    ['missing keys', JSON.stringify({ endpoint: good.endpoint })],
    ['keys that are null', withKeys(null)],
    ['keys that are an array', withKeys([good.keys.p256dh, good.keys.auth])],
    ['p256dh that is a number', withKeys({ ...good.keys, p256dh: 5 })],
    ['p256dh that is empty', withKeys({ ...good.keys, p256dh: '' })],
    ['p256dh of 64 bytes', withKeys({ ...good.keys, p256dh: Buffer.alloc(64, 4).toString('base64url') })],
    [
      'p256dh in compressed form',
      withKeys({ ...good.keys, p256dh: Buffer.alloc(33, 2).toString('base64url') }),
    ],
    [
      'p256dh off the curve',
      withKeys({
        ...good.keys,
        p256dh: Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url'),
      }),
    ],
    ['p256dh that is no base64', withKeys({ ...good.keys, p256dh: '🔑'.repeat(22) })],
    ['auth of 15 bytes', withKeys({ ...good.keys, auth: Buffer.alloc(15, 1).toString('base64url') })],
    ['auth that is no base64', withKeys({ ...good.keys, auth: '****' })],
    ['swapped keys', withKeys({ p256dh: good.keys.auth, auth: good.keys.p256dh })],
  ])('%s: told, nothing stored, and a good row beside it goes in', async (_name, text) => {
    const { service, all } = tempSubscriptions();
    const preview = await service.previewImport({ text, publicKey: null });
    expect(preview).toMatchObject({ newCount: 0, knownCount: 0 });
    expect(preview.badCount).toBeGreaterThan(0);
    for (const { problem, line } of preview.bad) {
      expect(line).toBeGreaterThan(0);
      expect(problem.cause).toMatch(/\.$/);
      expect(problem.cure).toMatch(/\.$/);
    }
    expect(JSON.stringify(preview).length).toBeLessThan(200_000);
    expect(await service.import({ text, publicKey: null })).toEqual({
      addedCount: 0,
      updatedCount: 0,
      badCount: preview.badCount,
      unsubscribedCount: 0,
    });
    expect(all()).toEqual([]);

    const beside = `${JSON.stringify(good)}\n${text}`;
    expect((await service.import({ text: beside, publicKey: null })).addedCount).toBe(1);
    expect(all()).toHaveLength(1);
  });

  it('any text at all: the preview is what the import does', async () => {
    const row = fc.constantFrom(...Array.from({ length: 4 }, () => JSON.stringify(browserSubscription())));
    const piece = fc.oneof(
      { weight: 3, arbitrary: row },
      row.chain((text) => fc.nat(text.length).map((length) => text.slice(0, length))),
      fc.string(),
      fc.json(),
      fc.constantFrom('\n', '\r\n', ',', '[', ']', '{', '}', '"'),
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('\n'));
    await fc.assert(
      fc.asyncProperty(
        text.filter((some) => some.length > 0),
        async (some) => {
          const { service, filter } = tempSubscriptions();
          const input = { text: some, publicKey: null };
          const preview = await service.previewImport(input);
          const result = await service.import(input);
          expect(result).toEqual({
            addedCount: preview.newCount,
            updatedCount: 0,
            badCount: preview.badCount,
            unsubscribedCount: 0,
          });
          expect((await service.counts({ filter: filter() })).matching).toBe(preview.newCount);
          const again = await service.import(input);
          expect(again).toEqual({
            addedCount: 0,
            updatedCount: preview.newCount,
            badCount: preview.badCount,
            unsubscribedCount: 0,
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
