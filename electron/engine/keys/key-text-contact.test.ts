import { describe, expect, it } from 'vitest';
import { readKeys } from './key-text.ts';
import { testPair } from './testing/key-forms.ts';

const { publicKey, privateKey } = testPair();
const base64 = (text: string) => Buffer.from(text).toString('base64');
const env = `VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\nVAPID_SUBJECT=mailto:ann@site.org\n`;
const secret = (subject: string) =>
  `apiVersion: v1\nkind: Secret\ndata:\n  VAPID_PUBLIC_KEY: ${base64(publicKey)}\n  VAPID_PRIVATE_KEY: ${base64(privateKey)}\n${subject}`;

const FORMS: Readonly<Record<string, string>> = {
  'a Kubernetes Secret': secret(`  VAPID_SUBJECT: ${base64('mailto:ann@site.org')}`),
  'a Kubernetes Secret, the address alone': secret(`  subject: ${base64('ann@site.org')}`),
  'a Kubernetes Secret, under the name of an address': secret(`  email: ${base64('ann@site.org')}`),
  'a Kubernetes Secret, with a line break': secret(`  vapid-contact: ${base64('mailto:ann@site.org\n')}`),
  'a Kubernetes Secret of a whole .env': `data:\n  .env: ${base64(env)}`,
  'stringData of Kubernetes': `kind: Secret\nstringData:\n  publicKey: ${publicKey}\n  privateKey: ${privateKey}\n  subject: ann@site.org`,
  'base64 of a whole .env': base64(env),
  'docker-compose, a list': `environment:\n  - VAPID_PUBLIC_KEY=${publicKey}\n  - VAPID_PRIVATE_KEY=${privateKey}\n  - VAPID_SUBJECT=mailto:ann@site.org`,
  'docker-compose, a map': `environment:\n  VAPID_PUBLIC_KEY: "${publicKey}"\n  VAPID_PRIVATE_KEY: "${privateKey}"\n  VAPID_CONTACT_EMAIL: "ann@site.org"`,
  'docker run': `docker run -e VAPID_PUBLIC_KEY=${publicKey} -e VAPID_PRIVATE_KEY=${privateKey} -e VAPID_MAILTO=ann@site.org app`,
  'a struct that Go prints': `{VAPIDPublicKey:${publicKey} VAPIDPrivateKey:${privateKey} Subscriber:ann@site.org}`,
  systemd: `[Service]\nEnvironment="VAPID_PUBLIC_KEY=${publicKey}" "VAPID_PRIVATE_KEY=${privateKey}"\nEnvironment=VAPID_SUBJECT=mailto:ann@site.org`,
  Terraform: `environment = {\n  vapid_public_key  = "${publicKey}"\n  vapid_private_key = "${privateKey}"\n  vapid_subject     = "mailto:ann@site.org"\n}`,
  'a list of ECS': JSON.stringify([
    { name: 'VAPID_PUBLIC_KEY', value: publicKey },
    { name: 'VAPID_PRIVATE_KEY', value: privateKey },
    { name: 'VAPID_SUBJECT', value: 'mailto:ann@site.org' },
  ]),
  'GitHub Actions': `    env:\n      VAPID_PUBLIC_KEY: ${publicKey}\n      VAPID_PRIVATE_KEY: ${privateKey}\n      VAPID_EMAIL: ann@site.org`,
  'heroku config': `=== app Config Vars\nVAPID_PRIVATE_KEY: ${privateKey}\nVAPID_PUBLIC_KEY:  ${publicKey}\nVAPID_SUBJECT:     mailto:ann@site.org`,
  'set of Windows': `set VAPID_PUBLIC_KEY=${publicKey}\r\nset VAPID_PRIVATE_KEY=${privateKey}\r\nset VAPID_SUBJECT=mailto:ann@site.org\r\n`,
  PowerShell: `$env:VAPID_PUBLIC_KEY = "${publicKey}"\n$env:VAPID_PRIVATE_KEY = "${privateKey}"\n$env:VAPID_SUBJECT = "mailto:ann@site.org"`,
  fly: `fly secrets set VAPID_PUBLIC_KEY='${publicKey}' VAPID_PRIVATE_KEY='${privateKey}' VAPID_SUBJECT='mailto:ann@site.org'`,
};

describe('settings of servers', () => {
  it.each(Object.entries(FORMS))('gives keys and contact of %s', (_name, text) => {
    const { pairs, subject } = readKeys(text);
    expect(pairs).toMatchObject([{ publicKey, privateKey, isProven: true }]);
    expect(subject).toBe('mailto:ann@site.org');
  });

  it('takes no other address for the contact', () => {
    expect(readKeys(`${env.replace(/VAPID_SUBJECT.*/, '')}GIT_AUTHOR_EMAIL=bob@site.org`).subject).toBeNull();
  });
});

describe('the contact among other addresses', () => {
  const key = `VAPID_PRIVATE_KEY=${privateKey}`;
  it.each([
    ['a comment before it', '# e.g. mailto:you@example.com\nVAPID_SUBJECT=mailto:ann@site.org'],
    ['the old line before it', '# VAPID_SUBJECT=mailto:old@site.org\nVAPID_SUBJECT=mailto:ann@site.org'],
    ['a comment of code', '// contact: mailto:old@site.org\nconst subject = "mailto:ann@site.org";'],
    ['a link of another kind', 'SUPPORT_LINK=mailto:help@site.org\nVAPID_SUBJECT=ann@site.org'],
    ['the sender of mail', 'SMTP_SENDER_EMAIL=smtp@site.org\nVAPID_CONTACT=ann@site.org'],
    ['a name before the address', 'vapid_subject: "Ann <ann@site.org>"'],
    ['a name after the scheme', 'VAPID_SUBJECT=mailto:Ann <ann@site.org>'],
  ])('is right beside %s', (_name, text) => {
    expect(readKeys(`${text}\n${key}`).subject).toBe('mailto:ann@site.org');
  });

  it.each([
    ['an apostrophe', `VAPID_SUBJECT="mailto:o'neil@site.org"`, "mailto:o'neil@site.org"],
    ['a page', 'SUPPORT_LINK=mailto:help@site.org\nVAPID_SUBJECT=https://site.org', 'https://site.org'],
    ['only a comment', '# mailto:ann@site.org', 'mailto:ann@site.org'],
  ])('is read with %s', (_name, text, contact) => {
    expect(readKeys(`${text}\n${key}`).subject).toBe(contact);
  });

  it('is the first argument of setVapidDetails', () => {
    const call = `webpush.setVapidDetails('https://site.org/contact', '${publicKey}', '${privateKey}')`;
    expect(readKeys(call)).toMatchObject({
      subject: 'https://site.org/contact',
      pairs: [{ isProven: true }],
    });
  });
});

describe('what is left of a public key', () => {
  it.each([43, 44])('is no private key, where the first %i characters are there', (length) => {
    const cut = publicKey.slice(0, length);
    for (const text of [cut, `"${cut}"`, `key: ${cut}`, `some notes\n${cut}\nmore notes`]) {
      expect(readKeys(text).pairs).toEqual([]);
      expect(readKeys(text).problem).not.toBeNull();
    }
  });

  it('says so where nothing but its length tells that a value is a private key', () => {
    const rest = publicKey.slice(30, 73);
    for (const text of [rest, privateKey]) {
      expect(readKeys(text).remarks).toContain(
        'Nothing here says that this is a private key. Check that its public key is the one your site uses.',
      );
    }
    expect(readKeys(`private key: ${privateKey}`).remarks).toEqual([]);
    expect(readKeys(env).remarks).toEqual([]);
  });
});
