import { createECDH, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { makeKeyPair, type RawKeyPair } from '../curve.ts';

export interface TestPair extends RawKeyPair {
  readonly key: KeyObject;
  readonly scalar: Buffer;
  readonly point: Buffer;
}

/** A pair whose private half does not begin like a public one. */
function clearPair(): RawKeyPair {
  const pair = makeKeyPair();
  return Buffer.from(pair.privateKey, 'base64url')[0] === 4 ? clearPair() : pair;
}

export function testPair({ publicKey, privateKey }: RawKeyPair = clearPair()): TestPair {
  const point = Buffer.from(publicKey, 'base64url');
  const scalar = Buffer.from(privateKey, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: privateKey }, format: 'jwk' });
  return { publicKey, privateKey, key, scalar, point };
}

/** A pair whose private half begins with a zero byte. */
export function pairWithZero(): TestPair {
  const scalar = Buffer.concat([Buffer.alloc(1), makeScalar().subarray(1)]);
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  return testPair({ privateKey: scalar.toString('base64url'), publicKey: ecdh.getPublicKey('base64url') });
}

const makeScalar = () => Buffer.from(makeKeyPair().privateKey, 'base64url');

export const pemOf = ({ key }: TestPair, type: 'pkcs8' | 'sec1' = 'pkcs8') =>
  key.export({ format: 'pem', type }).toString();
export const derOf = ({ key }: TestPair, type: 'pkcs8' | 'sec1' = 'pkcs8') =>
  key.export({ format: 'der', type });
export const jwkOf = ({ key }: TestPair) => key.export({ format: 'jwk' });
export const bytePairs = (bytes: Buffer) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const inFours = (text: string) => (text.match(/.{1,4}/g) ?? []).join(' ');
const std = (bytes: Buffer) => bytes.toString('base64');

function opensslText({ scalar, point }: TestPair): string {
  const block = (bytes: Buffer) =>
    bytePairs(bytes)
      .join(':')
      .replaceAll(/((?:..:){15})/g, '$1\n    ');
  return `Private-Key: (256 bit)\npriv:\n    ${block(scalar)}\npub:\n    ${block(point)}\nASN1 OID: prime256v1\nNIST CURVE: P-256\n`;
}

const sshText = (text: string | Buffer) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.of(0, 0, 0, bytes.length), bytes]);
};
const inLines = (bytes: Buffer, width: number) =>
  (std(bytes).match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');
/** A number as SSH writes it: with a zero byte where it would be negative. */
const sshNumber = (bytes: Buffer) =>
  sshText((bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
const sshPublic = ({ point }: TestPair) =>
  Buffer.concat([sshText('ecdsa-sha2-nistp256'), sshText('nistp256'), sshText(point)]);

function openSsh(pair: TestPair): string {
  const secret = Buffer.concat([
    Buffer.from('0102030401020304', 'hex'),
    sshPublic(pair),
    sshNumber(pair.scalar),
    sshText('me@host'),
    Buffer.of(1, 2, 3),
  ]);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...['none', 'none', ''].map(sshText),
    Buffer.of(0, 0, 0, 1),
    sshText(sshPublic(pair)),
    sshText(secret),
  ]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${inLines(file, 70)}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** Lines of 16 bytes, as tools print them. */
const dump = (bytes: Buffer, write: (groups: string[]) => string) =>
  [...Array(Math.ceil(bytes.length / 16)).keys()]
    .map((line) => {
      const part = bytes.subarray(line * 16, line * 16 + 16);
      const offset = (line * 16).toString(16).padStart(8, '0');
      return `${offset}: ${write(bytePairs(part)).padEnd(49)} ${part.toString('latin1').replaceAll(/[^ -~]/g, '.')}`;
    })
    .join('\n');

type Write = (pair: TestPair) => string;

/** The forms in which people have both halves. */
export const PAIR_FORMS: Readonly<Record<string, Write>> = {
  'ssh-keygen': openSsh,
  PuTTYgen: (pair) =>
    `PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\nEncryption: none\nComment: vapid\nPublic-Lines: 3\n${inLines(sshPublic(pair), 64)}\nPrivate-Lines: 1\n${std(sshNumber(pair.scalar))}\nPrivate-MAC: ${makeScalar().toString('hex')}\n`,
  'a key of Go, in numbers': ({ scalar, point }) => {
    const [x, y, d] = [point.subarray(1, 33), point.subarray(33), scalar].map((part) =>
      BigInt(`0x${part.toString('hex')}`),
    );
    return `&{PublicKey:{Curve:0xc000098040 X:+${x} Y:+${y}} D:+${d}}`;
  },
  'COSE as CBOR tools print it': ({ scalar, point }) =>
    `{1: 2, 3: -7, -1: 1, -2: h'${point.subarray(1, 33).toString('hex')}', -3: h'${point.subarray(33).toString('hex')}', -4: h'${scalar.toString('hex')}'}`,
  'bytes of Perl': ({ scalar, point }) => {
    const [d, q] = [scalar, point].map((part) =>
      [...part].map((byte) => `\\x{${byte.toString(16)}}`).join(''),
    );
    return `public: '${q}'\nprivate: '${d}'`;
  },
  'the query of an address': ({ scalar, point }) =>
    `https://push.example/keys?publicKey=${point.toString('base64url')}&privateKey=${scalar.toString('base64url')}`,
  'a PEM in HTML': (pair) => pemOf(pair).trim().replaceAll('\n', '<br>'),
  'a PEM in a diff': (pair) => pemOf(pair).trim().replaceAll(/^/gm, '+'),
  'a PEM with line numbers': (pair) =>
    pemOf(pair)
      .trim()
      .split('\n')
      .map((line, index) => ` ${index + 1}  ${line}`)
      .join('\n'),
  'the web-push command': ({ publicKey, privateKey }) =>
    `\n=======================================\n\nPublic Key:\n${publicKey}\n\nPrivate Key:\n${privateKey}\n\n=======================================\n`,
  'the web-push command on one line': ({ publicKey, privateKey }) =>
    `======================================= Public Key: ${publicKey} Private Key: ${privateKey} =======================================`,
  'web-push --json': ({ publicKey, privateKey }) => JSON.stringify({ publicKey, privateKey }),
  'JSON with comments': ({ publicKey, privateKey }) =>
    `{\n  // public\n  "pub": "${publicKey}", /* private below */\n  "priv": "${privateKey}",\n}`,
  'JSON within JSON': ({ publicKey, privateKey }) =>
    JSON.stringify({ config: JSON.stringify({ keys: JSON.stringify({ publicKey, privateKey }) }) }),
  'JSON of PHP and .NET, which escape signs': ({ scalar, point }) =>
    `{"publicKey":"${std(point).replaceAll('/', '\\/')}","privateKey":"${std(scalar).replaceAll('+', '\\u002B').replaceAll('/', '\\/')}"}`,
  'setVapidDetails of JavaScript': ({ publicKey, privateKey }) =>
    `webpush.setVapidDetails('mailto:me@example.com', '${publicKey}', '${privateKey}');`,
  'setVapidDetails over lines': ({ publicKey, privateKey }) =>
    `webpush.setVapidDetails(\n  'https://example.com/contact',\n  \`${publicKey}\`,\n  \`${privateKey}\`\n)`,
  'an object of TypeScript': ({ publicKey, privateKey }) =>
    `export const vapid = { subject: 'mailto:me@example.com', publicKey: '${publicKey}', privateKey: '${privateKey}' } as const;`,
  'strings that are joined': ({ publicKey, privateKey }) =>
    `const pub = '${publicKey.slice(0, 40)}' +\n  '${publicKey.slice(40)}';\nconst priv = "${privateKey.slice(0, 20)}"\n  + "${privateKey.slice(20)}";`,
  'webpush-go': ({ publicKey, privateKey }) =>
    `webpush.SendNotification(message, s, &webpush.Options{\n\tSubscriber:      "me@example.com",\n\tVAPIDPublicKey:  "${publicKey}",\n\tVAPIDPrivateKey: "${privateKey}",\n\tTTL:             30,\n})`,
  'the web-push gem': ({ scalar, point }) =>
    `vapid: {\n  subject: "mailto:me@example.com",\n  public_key: "${std(point).replaceAll('+', '-').replaceAll('/', '_')}",\n  private_key: "${std(scalar).replaceAll('+', '-').replaceAll('/', '_')}"\n}`,
  'a hash of old Ruby': ({ publicKey, privateKey }) =>
    `{:public_key=>"${publicKey}", :private_key=>"${privateKey}"}`,
  'web-push-php': ({ publicKey, privateKey }) =>
    `$auth = ['VAPID' => [\n  'subject' => 'mailto:me@example.com',\n  'publicKey' => '${publicKey}', // (recommended) uncompressed public key P-256 encoded in Base64-URL\n  'privateKey' => '${privateKey}', // (recommended) the secret multiplier of the private key\n]];`,
  'var_dump of PHP': ({ publicKey, privateKey }) =>
    `array(2) {\n  ["publicKey"]=>\n  string(87) "${publicKey}"\n  ["privateKey"]=>\n  string(43) "${privateKey}"\n}`,
  'print_r of PHP': ({ publicKey, privateKey }) =>
    `Array\n(\n    [publicKey] => ${publicKey}\n    [privateKey] => ${privateKey}\n)`,
  'webpush-java': ({ scalar, point }) =>
    `PushService push = new PushService("${std(point)}", "${std(scalar)}", "mailto:me@example.com");`,
  'what the old command of Java prints': ({ publicKey, privateKey }) =>
    `PublicKey:\n${publicKey}=\nPrivateKey:\n${privateKey}=\n`,
  'settings of Django': ({ publicKey, privateKey }) =>
    `SECRET_KEY = "django-insecure-${'k$8'.repeat(16)}"\nWEBPUSH_SETTINGS = {\n    "VAPID_PUBLIC_KEY": "${publicKey}",\n    "VAPID_PRIVATE_KEY":"${privateKey}",\n    "VAPID_ADMIN_EMAIL": "me@example.com"\n}`,
  'the .env of Laravel': ({ publicKey, privateKey }) =>
    `APP_KEY=base64:${base64(makeScalar())}\nDB_PASSWORD=hunter2\nVAPID_SUBJECT=mailto:me@example.com\nVAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\nVAPID_PEM_FILE=\n`,
  'the .env of Next': ({ publicKey, privateKey }) =>
    `export NEXT_PUBLIC_VAPID_PUBLIC_KEY="${publicKey}"   # browser\r\nexport VAPID_PRIVATE_KEY='${privateKey}'  # secret\r\n`,
  'the .env.production of Mastodon': ({ publicKey, privateKey }) =>
    `SECRET_KEY_BASE=${bytePairs(Buffer.concat([makeScalar(), makeScalar()])).join('')}\nOTP_SECRET=${bytePairs(makeScalar()).join('')}\nVAPID_PRIVATE_KEY=${privateKey}=\nVAPID_PUBLIC_KEY=${publicKey}=\n`,
  'a list of docker-compose': ({ publicKey, privateKey }) =>
    `    environment:\n      - VAPID_PUBLIC_KEY=${publicKey}\n      - VAPID_PRIVATE_KEY=${privateKey}\n      - "OTHER=1"\n`,
  'defaults of a shell': ({ publicKey, privateKey }) =>
    `VAPID_PUBLIC_KEY: \${VAPID_PUBLIC_KEY:-${publicKey}}\nVAPID_PRIVATE_KEY: \${VAPID_PRIVATE_KEY:-${privateKey}}`,
  'options of docker': ({ publicKey, privateKey }) =>
    `docker run -e VAPID_PUBLIC=${publicKey} -e VAPID_PRIVATE=${privateKey} image`,
  'Home Assistant': ({ publicKey, privateKey }) =>
    `notify:\n  - platform: html5\n    vapid_pub_key: ${publicKey}\n    vapid_prv_key: ${privateKey}\n    vapid_email: me@example.com\n`,
  'credentials of Rails': ({ publicKey, privateKey }) =>
    `secret_key_base: ${bytePairs(makeScalar()).join('')}\nwebpush:\n  public_key: ${publicKey}\n  private_key: ${privateKey}\n`,
  'a Secret of Kubernetes': ({ publicKey, privateKey }) =>
    `apiVersion: v1\nkind: Secret\ndata:\n  vapid-private: ${base64(privateKey)}\n  vapid-public: ${base64(`${publicKey}\n`)}\n`,
  'a Secret of Kubernetes, in the lines of base64': ({ publicKey, privateKey }) =>
    `data:\n  pub: |\n${base64(publicKey).replaceAll(/(.{1,76})/g, '    $1\n')}  priv: ${base64(privateKey)}\n`,
  'bytea of PostgreSQL': ({ scalar, point }) =>
    `SELECT private, public FROM vapid;\n \\x${scalar.toString('hex')} | \\x${point.toString('hex')}\n`,
  'DER in a dump of xxd': (pair) =>
    dump(derOf(pair), (groups) =>
      groups
        .join('')
        .replaceAll(/(....)/g, '$1 ')
        .trim(),
    ),
  'DER in a dump of hexdump -C': (pair) =>
    dump(derOf(pair), (groups) => `${groups.slice(0, 8).join(' ')}  ${groups.slice(8).join(' ')}`),
  'numbers of the console of a browser': ({ scalar, point }) =>
    `private: Uint8Array(32)\n${[...scalar].map((byte, at) => `${at}: ${byte}`).join('\n')}\npublic: Uint8Array(65)\n${[...point].map((byte, at) => `${at}: ${byte}`).join('\n')}\nlength: 65`,
  'numbers of JavaScript': ({ scalar, publicKey }) =>
    `{ d: ${BigInt(`0x${scalar.toString('hex')}`)}n, publicKey: '${publicKey}' }`,
  'a Secret with JSON in it': ({ publicKey, privateKey }) =>
    `data:\n  vapid.json: ${base64(JSON.stringify({ publicKey, privateKey }))}\n`,
  TOML: ({ publicKey, privateKey }) =>
    `[vapid]\npublic_key = "${publicKey}"\nprivate_key = "${privateKey}"\n`,
  INI: ({ publicKey, privateKey }) => `; web push\n[vapid]\npub=${publicKey}\npriv=${privateKey}\n`,
  XML: ({ publicKey, privateKey }) =>
    `<appSettings>\n  <add key="Vapid:PublicKey" value="${publicKey}" />\n  <add key="Vapid:PrivateKey" value="${privateKey}" />\n</appSettings>`,
  'elements of XML': ({ publicKey, privateKey }) =>
    `<Vapid><PublicKey>${publicKey}</PublicKey><PrivateKey>${privateKey}</PrivateKey></Vapid>`,
  PowerShell: ({ publicKey, privateKey }) =>
    `$env:VAPID_PUBLIC_KEY="${publicKey}"\r\n$env:VAPID_PRIVATE_KEY="${privateKey}"\r\n`,
  Terraform: ({ publicKey, privateKey }) =>
    `variable "vapid_public_key" {\n  default = "${publicKey}"\n}\nvariable "vapid_private_key" {\n  default   = "${privateKey}"\n  sensitive = true\n}`,
  'a table of Markdown': ({ publicKey, privateKey }) =>
    `| key | value |\n|---|---|\n| public | \`${publicKey}\` |\n| private | \`${privateKey}\` |`,
  'emphasis of Markdown': ({ publicKey, privateKey }) => `public: _${publicKey}_\nprivate: __${privateKey}__`,
  'the log of a web server': ({ publicKey, privateKey }) =>
    String.raw`POST /keys 200 "{\x22publicKey\x22:\x22${publicKey}\x22,\x22privateKey\x22:\x22${privateKey}\x22}"`,
  'groups of four letters': ({ publicKey, privateKey }) =>
    `public ${inFours(publicKey)}\nprivate ${inFours(privateKey)}`,
  'a quoted mail': ({ publicKey, privateKey }) =>
    `On Monday you wrote:\n> Public key: ${publicKey}\n> Private key: ${privateKey}\n`,
  HTML: ({ publicKey, privateKey }) =>
    `<p>publicKey: &quot;${publicKey}&quot;</p><p>privateKey: &quot;${privateKey}&quot;</p>`,
  'quoted-printable mail': ({ publicKey, privateKey }) =>
    `VAPID_PUBLIC_KEY=3D${publicKey.slice(0, 50)}=\r\n${publicKey.slice(50)}\r\nVAPID_PRIVATE_KEY=3D${privateKey}\r\n`,
  'a query': ({ scalar, point }) =>
    `?pub=${encodeURIComponent(std(point))}&priv=${encodeURIComponent(std(scalar))}`,
  'the pair of Firebase': ({ publicKey, privateKey }) =>
    `Key pair\n${publicKey}\nJan 4, 2026\nPrivate key\n${privateKey}\n`,
  'other languages': ({ publicKey, privateKey }) =>
    `Öffentlicher Schlüssel: ${publicKey}\nGeheim: ${privateKey}`,
  'no names at all': ({ publicKey, privateKey }) => `${privateKey}\n${publicKey}`,
  'a colon between': ({ publicKey, privateKey }) => `${publicKey}:${privateKey}`,
  'nothing between': ({ publicKey, privateKey }) => publicKey + privateKey,
  'nothing between, private first': ({ publicKey, privateKey }) => `"${privateKey}${publicKey}"`,
  'both in one value': ({ scalar, point }) => Buffer.concat([point, scalar]).toString('hex'),
  hex: ({ scalar, point }) =>
    `private: ${scalar.toString('hex')}\npublic: 0x${point.toString('hex').toUpperCase()}`,
  'a public half without its 04': ({ scalar, point }) =>
    `private ${scalar.toString('hex')} public ${point.subarray(1).toString('hex')}`,
  'a compressed public half': ({ privateKey, point }) =>
    `private: ${privateKey}\npublic: ${Buffer.concat([Buffer.of(2 + ((point.at(-1) ?? 0) & 1)), point.subarray(1, 33)]).toString('base64url')}`,
  'arrays of C': ({ scalar, point }) =>
    `static const uint8_t priv[32] = { ${bytePairs(scalar)
      .map((pair) => `0x${pair}`)
      .join(', ')} };\nstatic const uint8_t pub[65] = { ${bytePairs(point)
      .map((pair) => `0x${pair}`)
      .join(', ')} };`,
  'arrays of JSON': ({ scalar, point }) => JSON.stringify({ publicKey: [...point], privateKey: [...scalar] }),
  'typed arrays as JSON': ({ scalar, point }) =>
    JSON.stringify({ publicKey: new Uint8Array(point), privateKey: new Uint8Array(scalar) }),
  'buffers as JSON': ({ scalar, point }) => JSON.stringify({ publicKey: point, privateKey: scalar }),
  'bytes of Java': ({ scalar, point }) =>
    `byte[] priv = {${[...new Int8Array(scalar)].join(',')}}; byte[] pub = {${[...new Int8Array(point)].join(',')}};`,
  'bytes of Python': ({ scalar, publicKey }) =>
    `priv = b'${bytePairs(scalar)
      .map((pair) => `\\x${pair}`)
      .join('')}'\npub = "${publicKey}"`,
  'numbers of Python': ({ scalar, point }) =>
    `EllipticCurvePrivateNumbers(private_value=${BigInt(`0x${scalar.toString('hex')}`)}, public_numbers=<EllipticCurvePublicNumbers(curve=secp256r1, x=${BigInt(`0x${point.subarray(1, 33).toString('hex')}`)}, y=${BigInt(`0x${point.subarray(33).toString('hex')}`)}>)`,
  'what openssl prints': opensslText,
  'what openssl prints, with the key': (pair) =>
    `read EC key\n${opensslText(pair)}writing EC key\n${pemOf(pair, 'sec1')}`,
  JWK: (pair) => JSON.stringify(jwkOf(pair), null, 2),
  'JWK of JavaScript': (pair) =>
    `const jwk = ${JSON.stringify(jwkOf(pair))
      .replaceAll(/"(\w+)":/g, '$1: ')
      .replaceAll('"', "'")}`,
  'a JWK set with others': (pair) =>
    JSON.stringify({
      keys: [generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), jwkOf(pair)],
    }),
  'JWK in base64': (pair) => base64(JSON.stringify(jwkOf(pair))),
  'PEM of PKCS#8': (pair) => pemOf(pair),
  'PEM of SEC 1': (pair) => pemOf(pair, 'sec1'),
  'PEM after its parameters': (pair) =>
    `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pemOf(pair, 'sec1')}`,
  'PEM with CRLF': (pair) => pemOf(pair).replaceAll('\n', '\r\n'),
  'PEM on one line with \\n': (pair) => `VAPID_PRIVATE_KEY="${pemOf(pair).replaceAll('\n', '\\n')}"`,
  'PEM on one line with \\\\n': (pair) => JSON.stringify(JSON.stringify({ key: pemOf(pair) })),
  'PEM without line breaks': (pair) => pemOf(pair).replaceAll('\n', ''),
  'PEM with blanks for line breaks': (pair) => pemOf(pair, 'sec1').replaceAll('\n', ' '),
  'PEM that is indented': (pair) => `vapid:\n  key: |\n${pemOf(pair).replaceAll(/^/gm, '    ')}`,
  'PEM that is quoted': (pair) => pemOf(pair).replaceAll(/^/gm, '> '),
  'PEM in strings of C': (pair) =>
    pemOf(pair)
      .trim()
      .replaceAll(/^(.*)$/gm, '"$1\\n"'),
  'PEM in strings of JavaScript': (pair) =>
    pemOf(pair)
      .trim()
      .split('\n')
      .map((line) => `'${line}\\n'`)
      .join(' +\n  '),
  'PEM with a dash too few': (pair) => `-${pemOf(pair).slice(2)}`,
  'PEM without dashes': (pair) => pemOf(pair, 'sec1').replaceAll('-', ''),
  'PEM with long dashes': (pair) => pemOf(pair).replaceAll('-----', '—–—'),
  'PEM without its lines': (pair) => pemOf(pair).split('\n').slice(1, -2).join('\n'),
  'PEM without its last line': (pair) => pemOf(pair, 'sec1').split('\n').slice(0, -2).join('\n'),
  'PEM of both halves': (pair) => `${pemOf(pair)}\n${publicPem(pair)}`,
  'PEM in base64': (pair) => base64(pemOf(pair)),
  'PEM in base64, in lines': (pair) => base64(pemOf(pair)).replaceAll(/(.{76})/g, '$1\n'),
  'PEM in a Secret of Kubernetes': (pair) => `data:\n  private_key.pem: ${base64(pemOf(pair))}\n`,
  'DER in base64': (pair) => derOf(pair).toString('base64'),
  'DER in base64url': (pair) => derOf(pair, 'sec1').toString('base64url'),
  'DER in hex': (pair) => derOf(pair).toString('hex'),
  'DER of both halves': (pair) =>
    `private_key=${derOf(pair).toString('base64')}\npublic_key=${publicDer(pair).toString('base64')}`,
  'the public half as DER': (pair) =>
    `Private Key: ${pair.privateKey}\nPublic Key: ${publicDer(pair).toString('base64')}`,
  'py-vapid, key and application server key': (pair) =>
    `${pemOf(pair)}\nApplication Server Key = ${pair.publicKey}\n`,
};

function publicDer({ point }: TestPair): Buffer {
  const prefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
  return Buffer.concat([prefix, point]);
}

const publicPem = (pair: TestPair) =>
  `-----BEGIN PUBLIC KEY-----\n${publicDer(pair)
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`;

/** The forms in which people have the private half alone. */
export const PRIVATE_FORMS: Readonly<Record<string, Write>> = {
  'a dump of od': ({ scalar }) =>
    `$ od -t x1 private.key\n0000000 ${bytePairs(scalar.subarray(0, 16)).join(' ')}\n0000020 ${bytePairs(scalar.subarray(16)).join(' ')}\n0000040\n`,
  base64url: ({ privateKey }) => privateKey,
  'base64, padded': ({ scalar }) => std(scalar),
  'in quotes': ({ privateKey }) => `"${privateKey}",`,
  'in curly quotes': ({ privateKey }) => `“${privateKey}”`,
  'in quotes of code': ({ privateKey }) => `\`${privateKey}\``,
  'with a name': ({ privateKey }) => `Private Key:\n${privateKey}\n`,
  'with an empty public half': ({ privateKey }) => `VAPID_PUBLIC_KEY=\nVAPID_PRIVATE_KEY=${privateKey}`,
  'in a sentence': ({ privateKey }) => `here it is: ${privateKey}. Please do not share`,
  'an option': ({ privateKey }) => `pywebpush --data x --key ${privateKey}`,
  'py-vapid': ({ privateKey }) =>
    `webpush(info, "hi", vapid_private_key="${privateKey}", vapid_claims={"sub": "mailto:me@example.com"})`,
  'under a long name': ({ privateKey }) => `SPRING_WEBPUSH_NOTIFICATIONS_VAPID_PRIVATE_KEY=${privateKey}`,
  'on two lines': ({ privateKey }) => `${privateKey.slice(0, 20)}\n${privateKey.slice(20)}`,
  hex: ({ scalar }) => scalar.toString('hex'),
  'hex after 0x': ({ scalar }) => `0x${scalar.toString('hex')}`,
  'a number of Java with its sign': ({ scalar }) =>
    `private: ${Buffer.concat([Buffer.of(0), scalar]).toString('base64')}`,
  'JWK without its public half': ({ privateKey }) =>
    JSON.stringify({ kty: 'EC', crv: 'P-256', d: privateKey }),
  'PKCS#8 without its public half': ({ scalar }) =>
    Buffer.concat([
      Buffer.from(
        '304102010030130607 2a8648ce3d020106082a8648ce3d030107042730250201010420'.replaceAll(' ', ''),
        'hex',
      ),
      scalar,
    ]).toString('base64'),
};
