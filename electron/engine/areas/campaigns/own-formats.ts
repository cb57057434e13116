import { MAX_OWN_FORMATS, type ChangeOwnFormat, type OwnFormat } from '../../../contract/own-formats.ts';
import { Refusal } from '../../../contract/problem.ts';
import { readKeptFormats, type KeptFormats } from '../../../core/message/formats/kept.ts';
import { mustStillBe } from '../../base/must-still-be.ts';
import { parsed } from '../../store/sound.ts';
import type { SettingsStore } from '../../store/settings-store.ts';

const NAME = 'own-formats';

/** The payload formats of this workspace, which the person wrote. */
export interface OwnFormats {
  /** Without those that cannot be read. */
  list(): OwnFormat[];
  /**
   * Keeps one, replacing any of the same name, or removes it; two windows that keep different ones both succeed. One that cannot be read
   * stays until another takes its name.
   * @throws Refusal CONFLICT if what is kept under its name is not what the caller saw, or there are too many
   */
  change(format: ChangeOwnFormat): OwnFormat[];
}

export function createOwnFormats(store: SettingsStore): OwnFormats {
  const read = (): KeptFormats => {
    const text = store.get(NAME);
    return readKeptFormats(text === null ? [] : parsed(text));
  };
  return {
    list: () => read().formats,
    change({ name, text, was }) {
      const { formats: before, damaged } = read();
      const known = before.find((format) => format.name === name);
      mustStillBe({ text: known?.text ?? null }, was);
      const others = before.filter((format) => format !== known);
      const next = text === null ? others : [...others, { name, text }];
      if (next.length > MAX_OWN_FORMATS) throw new Refusal('CONFLICT', TOO_MANY);
      // If it has no name, nobody could tell what to put in its place.
      const left = damaged.filter((one) => one.name !== null && one.name !== name);
      store.set(NAME, JSON.stringify([...next, ...left.map(({ kept }) => kept)]));
      return next;
    },
  };
}

const TOO_MANY = {
  code: 'own-formats-full',
  cause: `There are ${MAX_OWN_FORMATS} saved formats already.`,
  cure: 'Remove one first.',
};
