import {
  MAX_OWN_FORMATS,
  ownFormatsSchema,
  type ChangeOwnFormat,
  type OwnFormat,
} from '../../../contract/own-formats.ts';
import { Refusal } from '../../../contract/problem.ts';
import { mustStillBe } from '../../base/must-still-be.ts';
import { soundJson } from '../../store/sound.ts';
import type { SettingsStore } from '../../store/settings-store.ts';

const NAME = 'own-formats';

/** Payload formats of this workspace that the person wrote. */
export interface OwnFormats {
  list(): OwnFormat[];
  /**
   * Keeps one, in the place of another one of its name, or takes it away; two windows that keep different ones both succeed.
   * @throws Refusal CONFLICT where what stands under its name is not what the caller saw, or there are too many
   */
  change(format: ChangeOwnFormat): OwnFormat[];
}

export function createOwnFormats(store: SettingsStore): OwnFormats {
  const list = () => {
    const text = store.get(NAME);
    return (text === null ? null : soundJson(ownFormatsSchema, text)) ?? [];
  };
  return {
    list,
    change({ name, text, was }) {
      const before = list();
      const known = before.find((format) => format.name === name);
      mustStillBe({ text: known?.text ?? null }, was);
      const others = before.filter((format) => format !== known);
      const next = text === null ? others : [...others, { name, text }];
      if (next.length > MAX_OWN_FORMATS) throw new Refusal('CONFLICT', TOO_MANY);
      store.set(NAME, JSON.stringify(next));
      return next;
    },
  };
}

const TOO_MANY = {
  code: 'own-formats-full',
  cause: `There are ${MAX_OWN_FORMATS} saved formats already.`,
  cure: 'Remove one first.',
};
