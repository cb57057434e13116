import { readLooseLiteral } from '../../text/loose-literal.ts';
import { readPhpSerialized } from '../../text/php-serialized.ts';
import { jsonInBase64 } from '../base64-lines.ts';
import { parseJson } from './parse-json.ts';

/** A longer text, in characters, is not looked into. */
export const MAX_JSON_IN_TEXT = 200_000;

/** The value that a text holds as JSON, once or twice encoded, where a subscription may be in it. */
export function jsonIn(text: string): unknown {
  if (text.length > MAX_JSON_IN_TEXT) return undefined;
  if (!/endpoint|https:/i.test(text)) return jsonInBase64(text);
  if (!/^\s*[{["]/.test(text)) return literalIn(text);
  const value = parseWrapped(text);
  return typeof value === 'object' && value !== null
    ? value
    : typeof value === 'string'
      ? jsonIn(value)
      : undefined;
}

/** A value after some words in a text, or as PHP serializes it. */
function literalIn(text: string): unknown {
  if (/^[aO]:\d+:/.test(text)) return readPhpSerialized(text, 0, text.length, new Map())?.value;
  // Only an address, as nearly all of them are.
  const start = /^https?:\S*$/.test(text) ? -1 : text.search(/\{\s{0,4}\\?(?:["']|\w{1,30}:\s)/);
  if (start === -1) return undefined;
  const read = readLooseLiteral(text, start, text.length);
  return read.kind === 'read' && typeof read.value === 'object' && read.value !== null
    ? read.value
    : undefined;
}

/** If a table was broken over lines, so are the texts in it. */
export function parseWrapped(text: string): unknown {
  return parseJson(text) ?? (text.includes('\n') ? parseJson(text.replaceAll('\n', '')) : undefined);
}
