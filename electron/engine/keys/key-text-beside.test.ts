import { describe, expect, it } from 'vitest';
import { readKeys } from './key-text.ts';
import { pemOf, testPair } from './testing/key-forms.ts';

const one = testPair();
const two = testPair();
const env = ({ publicKey, privateKey }: typeof one, contact: string) =>
  `VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\nVAPID_SUBJECT=mailto:${contact}\n`;

describe('what stands beside a pair', () => {
  it('tells of a private key without its public one, and not what it is', () => {
    const { pairs, remarks } = readKeys(
      `${env(one, 'ann@site.org')}STAGING_VAPID_PRIVATE_KEY=${two.privateKey}`,
    );
    expect(pairs.map(({ privateKey }) => privateKey)).toEqual([one.privateKey]);
    expect(remarks).toEqual([
      'The text also has a private key without its public key, on line 4. To add it, paste that key alone.',
    ]);
  });

  it.each([
    String.raw`A=C:\100\101\102\103\x`,
    String.raw`dump=\001\002a\377\n\003\004\005`,
    String.raw`salt=b'\x01\x02a\xff\n\x03\x04'`,
  ])('does not keep a PEM in one line from being read: %s', (bytes) => {
    const pem = `KEY="${pemOf(one)
      .trim()
      .replaceAll('\n', String.raw`\n`)}"`;
    for (const text of [`${bytes}\n${pem}`, `${pem}\n${bytes}`]) {
      expect(readKeys(text).pairs.map(({ privateKey }) => privateKey)).toEqual([one.privateKey]);
    }
  });

  it('says nothing of other secrets', () => {
    expect(readKeys(`${env(one, 'ann@site.org')}JWT_SECRET=${two.privateKey}`).remarks).toEqual([]);
  });

  it('tells of two contacts for two pairs', () => {
    const { pairs, subject, remarks } = readKeys(env(one, 'ann@site.org') + env(two, 'bob@site.org'));
    expect(pairs).toHaveLength(2);
    expect(subject).toBe('mailto:ann@site.org');
    expect(remarks).toEqual([
      'The text names 2 contacts: mailto:ann@site.org, mailto:bob@site.org. Add the key pairs one at a time, each with its own contact.',
    ]);
    expect(readKeys(env(one, 'ann@site.org') + env(two, 'ann@site.org')).remarks).toEqual([]);
  });

  it.each(['Correo', 'email', 'E-Mail', 'Courriel', 'メール', 'Почта'])(
    'takes %s for the contact',
    (name) => {
      const text = `Public key: ${one.publicKey}\nPrivate key: ${one.privateKey}\n${name}: ann@site.org`;
      expect(readKeys(text).subject).toBe('mailto:ann@site.org');
    },
  );

  it('takes no address of a mail server for the contact, and a name that says it before one that does not', () => {
    const keys = `VAPID_PUBLIC_KEY=${one.publicKey}\nVAPID_PRIVATE_KEY=${one.privateKey}\n`;
    expect(readKeys(`SMTP_USER=mailer@site.org\n${keys}`).subject).toBeNull();
    expect(readKeys(`email: eve@site.org\n${keys}VAPID_SUBJECT=mailto:ann@site.org`).subject).toBe(
      'mailto:ann@site.org',
    );
  });

  it.each(['秘密鍵', 'Приватный ключ', 'Geheimer Schlüssel', 'Clave privada', 'Prywatny klucz'])(
    'knows %s for a private key',
    (name) => {
      const { pairs, remarks } = readKeys(`${name}: ${one.privateKey}`);
      expect(pairs.map(({ publicKey }) => publicKey)).toEqual([one.publicKey]);
      expect(remarks).toEqual([]);
    },
  );
});
