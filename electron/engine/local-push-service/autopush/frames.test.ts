import fc from 'fast-check';
import { expect, it } from 'vitest';
import { browserFrameSchema, parseBrowserFrame } from './frames.ts';

const name = fc.constantFrom(
  'messageType',
  'channelID',
  'uaid',
  'key',
  'updates',
  'use_webpush',
  '__proto__',
  'toString',
);
const value = fc.oneof(
  fc.constantFrom<unknown>('hello', 'register', 'ack', 'ping', true, [], [{}], null, '0'.repeat(36)),
  fc.jsonValue({ maxDepth: 2 }),
);
const nearly = fc
  .array(fc.tuple(name, value))
  .map((pairs) => `{${pairs.map(([key, held]) => `"${key}":${JSON.stringify(held)}`).join(',')}}`);

it('reads any text as a frame of the protocol or as none, and throws at nothing', () => {
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string(), fc.json()), (text) => {
      const frame = parseBrowserFrame(text);
      if (frame !== null) expect(browserFrameSchema.parse(frame)).toEqual(frame);
    }),
    { numRuns: 10_000 },
  );
});
