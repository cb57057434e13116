import { describe, expect, it } from 'vitest';
import { type Topic } from '../../../contract/changes.ts';
import { NO_VARIABLES } from '../../../contract/setting-variables.ts';
import { settingsPatchSchema, settingsSchema, type Settings } from '../../../contract/settings.ts';
import { createSettingsStore } from '../../store/settings-store.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { createSettingsService } from './settings-service.ts';

const defaults: Settings = settingsSchema.parse({});

function setting() {
  const store = createSettingsStore(tempStore().db);
  const topics: Topic[] = [];
  const told: Settings[] = [];
  const captured = capturedLog();
  const open = (fromEnvironment = NO_VARIABLES) =>
    createSettingsService({
      store,
      fromEnvironment,
      changes: { publish: (...more) => topics.push(...more) },
      log: captured.log,
      onChange: (settings) => told.push(settings),
    });
  return { store, topics, told, captured, open };
}

it('starts with the defaults', () => {
  expect(setting().open().get()).toEqual(defaults);
});

it('changes what is given, keeps the rest and remembers it', () => {
  const { open, topics, told } = setting();
  const service = open();
  service.change({ appearance: 'dark' });
  service.change({ serverPort: 5000, appearance: undefined });
  const expected = { ...defaults, appearance: 'dark', serverPort: 5000 };
  expect(service.get()).toEqual(expected);
  expect(open().get()).toEqual(expected);
  expect(told.at(-1)).toEqual(expected);
  expect(topics).toContain('settings');
});

it('knows a patch from a whole: what is left out is not put back to its default', () => {
  expect(settingsPatchSchema.parse({ appearance: 'dark' })).toEqual({ appearance: 'dark' });
});

it.each([
  ['not JSON', '{', defaults],
  ['an array', '[1]', defaults],
  ['null', 'null', defaults],
  ['one value out of range', '{"serverPort":1,"appearance":"dark"}', { ...defaults, appearance: 'dark' }],
  [
    'a list with an entry that is none',
    '{"sites":["https://a.example","nonsense",7,"https://b.example"],"trustedProxies":["10.0.0.1","x"],"serverOn":false}',
    {
      ...defaults,
      sites: ['https://a.example', 'https://b.example'],
      trustedProxies: ['10.0.0.1'],
      serverOn: false,
    },
  ],
  ['a list that is none', '{"sites":"https://a.example","serverOn":false}', { ...defaults, serverOn: false }],
  ['a name that is no longer known', '{"colour":"red","serverOn":false}', { ...defaults, serverOn: false }],
])('opens with what can be read of %s', (_name, text, expected) => {
  const { store, open } = setting();
  store.set('app', text);
  expect(open().get()).toEqual(expected);
});

describe('a setting that a variable holds', () => {
  const variables = { maxInFlight: { variable: 'PUSHDESK_MAX_IN_FLIGHT', value: '50' } };
  const held = { settings: { maxInFlight: 50 }, variables };

  it('wins over what is stored, which stays as it is', () => {
    const { open } = setting();
    open().change({ maxInFlight: 100 });
    expect(open(held).get().maxInFlight).toBe(50);
    open(held).change({ appearance: 'dark', maxInFlight: 50 });
    expect(open().get()).toMatchObject({ maxInFlight: 100, appearance: 'dark' });
  });

  it('is not changed, and says which variable to change', () => {
    const { open, told } = setting();
    expect(() => open(held).change({ maxInFlight: 60, appearance: 'dark' })).toThrow(
      /comes from PUSHDESK_MAX_IN_FLIGHT/,
    );
    expect(told).toEqual([]);
    expect(open().get()).toEqual(defaults);
  });
});
