import type { Problem } from '../../contract/problem.ts';
import { foreignForm } from './foreign-form.ts';
import { emitBad, type Region } from './region.ts';
import { KNOWN_HOSTS } from './record/known-endpoint.ts';
import { spoiledEndpoint } from './spoiled.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import { unprinted } from './unprinted.ts';

const START = new RegExp(`https://${KNOWN_HOSTS}/`, 'i');
/** No start of an address is longer. */
const MAX_START = 120;
/** How much is looked at from there. */
const MAX_SAMPLE = 1200;
const ADDRESS_END = /[\s"'<>|│┃,]/;

export const NOT_UNDERSTOOD: Problem = {
  code: 'form-unknown',
  cause: 'There is an endpoint here, but in a form that Pushdesk can’t read.',
  cure: 'Export or print it as JSON, and import that.',
};

/** Why nothing was found in a text: it has no endpoint; or it has one, which is spoiled, or in a form that is not known. */
export function problemOfUnread(text: string): Problem {
  const start = START.exec(text)?.index;
  if (start === undefined) return foreignForm(text.slice(0, MAX_SAMPLE)) ?? NOT_A_SUBSCRIPTION;
  const sample = text.slice(start, start + MAX_SAMPLE);
  const stop = sample.search(ADDRESS_END);
  const address = stop === -1 ? sample : sample.slice(0, stop);
  return spoiledEndpoint(address) ?? unprinted(sample.slice(address.length)) ?? NOT_UNDERSTOOD;
}

/** Reports a part of a text in which nothing was found. */
export function emitUnread(region: Region, at: number, end: number): void {
  emitBad(region, at, problemOfUnread(region.text.slice(at, end)), end);
}

/** Keeps what `problemOfUnread` needs of a text that comes in pieces. */
export function createUnreadSample(): { push: (piece: string) => void; text: () => string } {
  let text = '';
  let isFound = false;
  return {
    push(piece) {
      if (isFound && text.length >= MAX_SAMPLE) return;
      text += piece;
      if (!isFound) {
        const start = START.exec(text)?.index;
        isFound = start !== undefined;
        text = text.slice(start ?? -MAX_START);
      }
      text = text.slice(0, MAX_SAMPLE);
    },
    text: () => (isFound ? text : ''),
  };
}
