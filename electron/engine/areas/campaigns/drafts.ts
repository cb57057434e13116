import { draftSchema, type Draft } from '../../../contract/campaigns.ts';
import { soundJson } from '../../store/sound.ts';
import type { SettingsStore } from '../../store/settings-store.ts';

const NAME = 'draft';

/** What stands in Compose, kept over a restart. */
export interface Drafts {
  read(): Draft | null;
  write(draft: Draft | null): Draft | null;
}

export function createDrafts(store: SettingsStore): Drafts {
  return {
    read() {
      const text = store.get(NAME);
      if (text === null) return null;
      // A draft of another version is worth less than a Compose that opens.
      return soundJson(draftSchema.nullable(), text);
    },
    write(draft) {
      store.set(NAME, JSON.stringify(draft));
      return draft;
    },
  };
}
