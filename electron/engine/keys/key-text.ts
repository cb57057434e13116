import { readKeyText, type KeyTextReading } from '../../core/keys/reading/read-key-text.ts';
import { keyProofs } from './key-proofs.ts';

/** Reads the key pairs of any text. Never throws. */
export function readKeys(text: string): KeyTextReading {
  return readKeyText(text, keyProofs);
}
