import { expect, it } from 'vitest';
import {
  defaultOf,
  meaningOf,
  readSettingVariables,
  SETTING_VARIABLES,
  valuesOf,
} from './setting-variables.ts';
import { settingsSchema } from './settings.ts';

const read = (env: Record<string, string>) => readSettingVariables((name) => env[name] ?? '');
const settingsOf = (env: Record<string, string>) => {
  const answer = read(env);
  return answer.kind === 'read' ? answer.found.settings : answer.problem;
};

it('gives each setting a variable, by its name', () => {
  expect(SETTING_VARIABLES.map(({ setting }) => setting)).toEqual(Object.keys(settingsSchema.shape));
  const names = SETTING_VARIABLES.map(({ variable }) => variable);
  expect(names).toContain('PUSHDESK_MESSAGES_PER_MINUTE');
  expect(names).toContain('PUSHDESK_PORT');
  expect(names.every((name) => /^PUSHDESK_[A-Z_]+$/.test(name))).toBe(true);
});

it('says of each what it does, what it takes, and what it is otherwise; that default can be set', () => {
  for (const { setting, variable } of SETTING_VARIABLES) {
    expect(meaningOf(setting), setting).not.toBe('');
    expect(valuesOf(setting), setting).not.toMatch(/any$|^$/);
    expect(read({ [variable]: defaultOf(setting) }).kind, setting).toBe('read');
  }
  expect(valuesOf('maxInFlight')).toBe('a whole number from 1 to 2000');
  expect(valuesOf('messagesPerMinute')).toBe('a whole number from 1 to 1000000 or none');
});

it.each([
  [{ PUSHDESK_MAX_IN_FLIGHT: '50' }, { maxInFlight: 50 }],
  [{ PUSHDESK_MESSAGES_PER_MINUTE: '600' }, { messagesPerMinute: 600 }],
  [{ PUSHDESK_MESSAGES_PER_MINUTE: 'none' }, { messagesPerMinute: null }],
  [{ PUSHDESK_SERVER_ON: 'off' }, { serverOn: false }],
  [{ PUSHDESK_SERVER_ON: '1' }, { serverOn: true }],
  [{ PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: 'TRUE' }, { allowPrivateEndpoints: true }],
  [{ PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '0' }, { allowPrivateEndpoints: false }],
  [
    { PUSHDESK_SITES: 'https://shop.example, https://blog.example' },
    { sites: ['https://shop.example', 'https://blog.example'] },
  ],
  [{ PUSHDESK_SITES: 'https://shop.example' }, { sites: ['https://shop.example'] }],
  [{ PUSHDESK_SITES: 'none' }, { sites: [] }],
  [
    { PUSHDESK_SITES: 'https://Shop.example/,https://blog.example:443,' },
    { sites: ['https://shop.example', 'https://blog.example'] },
  ],
  [{ PUSHDESK_APPEARANCE: 'dark', PUSHDESK_MAX_IN_FLIGHT: '' }, { appearance: 'dark' }],
])('reads %o', (env, expected) => {
  expect(settingsOf(env)).toEqual(expected);
});

it.each([
  ['PUSHDESK_MAX_IN_FLIGHT', '0'],
  ['PUSHDESK_MAX_IN_FLIGHT', '1.5'],
  ['PUSHDESK_MAX_IN_FLIGHT', '2001'],
  ['PUSHDESK_MAX_IN_FLIGHT', 'none'],
  ['PUSHDESK_SERVER_ON', 'maybe'],
  ['PUSHDESK_MESSAGES_PER_MINUTE', '-1'],
  ['PUSHDESK_APPEARANCE', 'Dark'],
])('refuses %s=%s, and says what it takes', (name, value) => {
  const answer = read({ [name]: value });
  expect(answer).toMatchObject({ kind: 'refused', problem: { code: 'bad-variable' } });
  expect(JSON.stringify(answer)).toContain(name);
});

it('names the item of a list that is wrong, and asks for no more than to correct it', () => {
  const sites = Array.from({ length: 5 }, (_, index) => `https://shop-${index}.example`);
  expect(read({ PUSHDESK_SITES: [...sites, 'https://blog.example/news'].join(',') })).toMatchObject({
    problem: {
      cause:
        'PUSHDESK_SITES holds "https://blog.example/news", which is not valid for this setting. Leave out everything after the name: https://blog.example.',
      cure: 'Correct it, or leave it out, then start Pushdesk again.',
    },
  });
  expect(read({ PUSHDESK_PUBLIC_URL: 'push.example.org' })).toMatchObject({
    problem: { cure: 'Correct it, or leave it out, then start Pushdesk again.' },
  });
});

it('says what the setting itself says of a wrong value', () => {
  expect(read({ PUSHDESK_SITES: 'https://shop.example,http://blog.example' })).toMatchObject({
    problem: { cause: expect.stringMatching(/not valid for this setting\. Use https:\/\//) as string },
  });
});

it('leaves the port to whoever reads it, and says that it is held', () => {
  expect(read({ PUSHDESK_PORT: '0' })).toEqual({
    kind: 'read',
    found: { settings: {}, variables: { serverPort: { variable: 'PUSHDESK_PORT', value: '0' } } },
  });
});
