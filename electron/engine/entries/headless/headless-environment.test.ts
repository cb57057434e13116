import path from 'node:path';
import { expect, it } from 'vitest';
import { readHeadlessEnvironment } from './headless-environment.ts';

const read = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
  readHeadlessEnvironment({ env, platform, home: '/home/ann' });

it('has defaults for everything; empty means not set', () => {
  const expected = {
    dataDir: '/home/ann/.config/Pushdesk',
    port: null,
    fromEnvironment: { settings: {}, variables: {} },
  };
  expect(read({})).toEqual(expected);
  expect(read({ PUSHDESK_DATA_DIR: ' ', PUSHDESK_PORT: '', PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '' })).toEqual(
    expected,
  );
});

it('takes what is set', () => {
  const env = { PUSHDESK_DATA_DIR: 'data', PUSHDESK_PORT: '0', PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1' };
  expect(read(env)).toEqual({
    dataDir: path.resolve('data'),
    port: 0,
    fromEnvironment: {
      settings: { allowPrivateEndpoints: true },
      variables: {
        serverPort: { variable: 'PUSHDESK_PORT', value: '0' },
        allowPrivateEndpoints: { variable: 'PUSHDESK_ALLOW_PRIVATE_ENDPOINTS', value: '1' },
      },
    },
  });
});

it.each([
  ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/Pushdesk'],
  ['linux', { XDG_CONFIG_HOME: 'conf' }, '/home/ann/.config/Pushdesk'],
  ['darwin', {}, '/home/ann/Library/Application Support/Pushdesk'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/Pushdesk'],
] as const)('keeps its data where the app of %s does', (platform, env, expected) => {
  expect(read(env, platform).dataDir).toBe(expected);
});

it.each(['70000', '-1', '80a', '4830.5', 'eighty', '999999'])('refuses the port %s', (port) => {
  expect(() => read({ PUSHDESK_PORT: port })).toThrow(/not a port/);
});

it('refuses a value that the setting does not take', () => {
  expect(() => read({ PUSHDESK_MAX_IN_FLIGHT: 'many' })).toThrow(/PUSHDESK_MAX_IN_FLIGHT is "many"/);
});
