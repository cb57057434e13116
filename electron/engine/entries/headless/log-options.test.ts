import { expect, it } from 'vitest';
import { readLogOptions } from './log-options.ts';

it.each([
  [{}, { form: 'json', level: 'info' }],
  [
    { PUSHDESK_LOG: '', PUSHDESK_LOG_LEVEL: '' },
    { form: 'json', level: 'info' },
  ],
  [
    { PUSHDESK_LOG: '"plain"', PUSHDESK_LOG_LEVEL: 'WARN' },
    { form: 'plain', level: 'warn' },
  ],
  [
    { PUSHDESK_LOG: 'plain', JOURNAL_STREAM: '8:1' },
    { form: 'journal', level: 'info' },
  ],
  [{ JOURNAL_STREAM: '8:1' }, { form: 'json', level: 'info' }],
])('reads %o', (env, expected) => {
  expect(readLogOptions({ env })).toEqual(expected);
});

it.each([
  ['PUSHDESK_LOG', 'xml', 'json or plain'],
  ['PUSHDESK_LOG_LEVEL', 'loud', 'debug, info, warn or error'],
])('refuses %s=%s', (name, value, expected) => {
  let text = '';
  try {
    readLogOptions({ env: { [name]: value } });
  } catch (error) {
    text = JSON.stringify(error);
  }
  expect(text).toContain(expected);
});
