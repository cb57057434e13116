import type { KeyTextReading } from '../../../electron/contract/keys.ts';
import { publicKeyOf } from './samples.ts';

type Pair = KeyTextReading['pairs'][number];

/** What a text holds, told by how often it names a private key: there is no curve in a browser's page. */
export function sampleReading(text: string): KeyTextReading {
  const count = text.match(/private/gi)?.length ?? 0;
  const pair = (at: number, more: Partial<Pair> = {}): Pair => ({
    publicKey: publicKeyOf(60 + at),
    isProven: true,
    mended: [],
    line: at * 4 + 2,
    known: null,
    ...more,
  });
  const none = { pairs: [], remarks: [], subject: null };
  if (count === 0) {
    return {
      ...none,
      problem: {
        code: 'key-text-foreign',
        cause:
          'This text has a Google service account and an RSA private key, but no VAPID private key (P-256).',
        cure: "It signs in to Google's own API, not to Web Push. In the Firebase console, open Project settings → Cloud Messaging → Web Push certificates and copy the key pair there.",
        field: 'text',
      },
    };
  }
  if (count === 1) {
    const mended = [
      'The private key had lost a zero byte at its start. It is back, and the public key proves it.',
    ];
    return {
      ...none,
      pairs: [pair(0, { mended })],
      remarks: ['Curly quotes were read as plain quotes.'],
      subject: 'mailto:push@example.com',
      problem: null,
    };
  }
  return {
    ...none,
    pairs: [
      pair(0),
      pair(1, { isProven: false }),
      pair(2, { known: { name: 'Baker Street News', canSign: true } }),
    ],
    problem: null,
  };
}
