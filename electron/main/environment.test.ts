import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAppEnvironment, startOfFolder } from './environment.ts';

describe('what the process was started with', () => {
  it('falls back to the default folder and the port of the settings', () => {
    expect(readAppEnvironment({}, '/home/a/Pushdesk')).toEqual({
      kind: 'read',
      environment: {
        dataDir: path.resolve('/home/a/Pushdesk'),
        port: null,
        fromEnvironment: { settings: {}, variables: {} },
      },
    });
  });

  it('takes folder, port and the leave for private endpoints', () => {
    const read = readAppEnvironment(
      { PUSHDESK_DATA_DIR: 'here', PUSHDESK_PORT: ' 5000 ', PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' },
      '/default',
    );
    expect(read).toMatchObject({
      kind: 'read',
      environment: {
        dataDir: path.resolve('here'),
        port: 5000,
        fromEnvironment: { settings: { allowPrivateEndpoints: true } },
      },
    });
  });

  it('reads empty values as not set', () => {
    const read = readAppEnvironment(
      { PUSHDESK_DATA_DIR: ' ', PUSHDESK_PORT: '', PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: ' ' },
      '/default',
    );
    expect(read).toMatchObject({
      environment: {
        dataDir: path.resolve('/default'),
        port: null,
        fromEnvironment: { settings: {}, variables: {} },
      },
    });
  });

  it('refuses in words what a setting does not take', () => {
    const read = readAppEnvironment({ PUSHDESK_APPEARANCE: 'pink' }, '/default');
    expect(read).toMatchObject({
      kind: 'refused',
      problem: {
        code: 'bad-variable',
        cause: 'PUSHDESK_APPEARANCE is "pink", which is not valid for this setting.',
        cure: 'Set it to system, light or dark, or leave it out, then start Pushdesk again.',
      },
    });
  });

  it('leaves quotes around a value out, as the engine without a window does', () => {
    const env = { PUSHDESK_DATA_DIR: '"/srv/my push"', PUSHDESK_PORT: "'5000'" };
    expect(readAppEnvironment(env, '/default')).toMatchObject({
      environment: { dataDir: path.resolve('/srv/my push'), port: 5000 },
    });
  });

  it.each(['abc', '-1', '65536', '4830.5', '0x10', '123456', '４８３０'])(
    'refuses the port %s in words',
    (port) => {
      const read = readAppEnvironment({ PUSHDESK_PORT: port }, '/default');
      expect(read).toMatchObject({ kind: 'refused', problem: { code: 'bad-port' } });
      expect(JSON.stringify(read)).toContain(port);
    },
  );
});

describe('what the engine of a folder is started with', () => {
  const read = readAppEnvironment(
    {
      PUSHDESK_DATA_DIR: '/data/first',
      PUSHDESK_PORT: '5000',
      PUSHDESK_PUBLIC_URL: 'https://push.example.org',
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
    },
    '/default',
  );
  const environment = read.kind === 'read' ? read.environment : null;

  it('is all that the process was told, for the folder of the app', () => {
    expect(environment && startOfFolder(environment, null)).toEqual(environment);
  });

  it('is without port and addresses for another one, which would be the same twice', () => {
    expect(environment && startOfFolder(environment, '/data/second')).toEqual({
      dataDir: '/data/second',
      port: null,
      fromEnvironment: {
        settings: { allowPrivateEndpoints: true },
        variables: { allowPrivateEndpoints: { variable: 'PUSHDESK_ALLOW_PRIVATE_ENDPOINTS', value: '1' } },
      },
    });
  });
});
