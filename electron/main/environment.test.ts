import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAppEnvironment } from './environment.ts';

describe('what the process was started with', () => {
  it('falls back to the default folder and the port of the settings', () => {
    expect(readAppEnvironment({}, '/home/a/Pushdesk')).toEqual({
      kind: 'read',
      environment: { dataDir: path.resolve('/home/a/Pushdesk'), port: null, allowPrivateEndpoints: false },
    });
  });

  it('takes folder, port and the leave for private endpoints', () => {
    const read = readAppEnvironment(
      { PUSHDESK_DATA_DIR: 'here', PUSHDESK_PORT: ' 5000 ', PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' },
      '/default',
    );
    expect(read).toEqual({
      kind: 'read',
      environment: { dataDir: path.resolve('here'), port: 5000, allowPrivateEndpoints: true },
    });
  });

  it('reads empty values as not set, and anything but 1 as no leave', () => {
    const read = readAppEnvironment(
      { PUSHDESK_DATA_DIR: ' ', PUSHDESK_PORT: '', PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: 'true' },
      '/default',
    );
    expect(read).toMatchObject({
      environment: { dataDir: path.resolve('/default'), port: null, allowPrivateEndpoints: false },
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
