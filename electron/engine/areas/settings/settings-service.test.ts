import { expect, it } from 'vitest';
import { type Topic } from '../../../contract/changes.ts';
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
  const open = () =>
    createSettingsService({
      store,
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
  ['a name that is no longer known', '{"colour":"red","serverOn":false}', { ...defaults, serverOn: false }],
])('opens with what can be read of %s', (_name, text, expected) => {
  const { store, open } = setting();
  store.set('app', text);
  expect(open().get()).toEqual(expected);
});
