import { expect, it } from 'vitest';
import { readDatabaseAddress, type AddressSource } from './database-address.ts';

const read = (text: string, source: AddressSource = 'environment') =>
  readDatabaseAddress(
    text,
    (file) => {
      if (file === '/ca.pem') return 'PEM';
      throw new Error('ENOENT');
    },
    source,
  );

it('reads an address, with what the parts of it stand for', () => {
  expect(read('postgres://me:p%40ss@db.example:6432/push?schema=other&sslrootcert=/ca.pem')).toEqual({
    kind: 'read',
    address: {
      host: 'db.example',
      port: 6432,
      user: 'me',
      password: 'p@ss',
      database: 'push',
      schema: 'other',
      tls: { authority: 'PEM' },
    },
    warning: null,
  });
});

it.each([
  ['postgres://me@db.example/push', true, null],
  ['postgresql://me@127.0.0.1/push', false, null],
  ['postgres://me@[::1]/push', false, null],
  ['postgres://me@localhost/push?sslmode=verify-full', true, null],
  ['postgres://me@10.0.0.7/push', true, null],
  ['postgres://me@127.example/push', true, null],
  ['postgres://me@db.example/push?sslmode=disable', false, 'workers-not-encrypted'],
])('encrypts beyond this machine unless told otherwise: %s', (text, isEncrypted, warning) => {
  const found = read(text);
  if (found.kind !== 'read') throw new Error('It was refused');
  expect(found.address.tls !== null).toBe(isEncrypted);
  expect(found.warning?.code ?? null).toBe(warning);
});

it.each([
  'secret',
  'mysql://me:secret@db.example/push',
  'postgres://me:secret@db.example/',
  'postgres://:secret@db.example/push',
  'postgres://me:secret%zz@db.example/push',
  'postgres://me:secret@db.example/push?sslmode=require',
  'postgres://me:secret@db.example/push?sslmoed=disable',
  'postgres://me:secret@db.example/push?sslrootcert=/missing',
  'postgres://me:secret@db.example/push?schema=a"b',
])('refuses %s, and repeats nothing secret', (text) => {
  const found = read(text);
  if (found.kind !== 'refused') throw new Error('It was read');
  expect(found.problem.cause).toMatch(/^PUSHDESK_WORKERS /);
  expect(JSON.stringify(found)).not.toContain('secret');
});

it('says where to correct it', () => {
  const found = read('secret', 'settings');
  expect(found.kind === 'refused' && found.problem.cause).toBe(
    'The text is not the address of a PostgreSQL database.',
  );
});
