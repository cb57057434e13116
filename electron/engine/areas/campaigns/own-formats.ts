import { ownFormatsSchema, type OwnFormat } from '../../../contract/own-formats.ts';
import { soundJson } from '../../store/sound.ts';
import type { SettingsStore } from '../../store/settings-store.ts';

const NAME = 'own-formats';

/** Payload formats of this workspace that the person wrote. */
export interface OwnFormats {
  list(): OwnFormat[];
  /** In the place of those that are kept. */
  save(formats: OwnFormat[]): OwnFormat[];
}

export function createOwnFormats(store: SettingsStore): OwnFormats {
  return {
    list() {
      const text = store.get(NAME);
      return (text === null ? null : soundJson(ownFormatsSchema, text)) ?? [];
    },
    save(formats) {
      store.set(NAME, JSON.stringify(formats));
      return formats;
    },
  };
}
