import { decodeBase64 } from '../text/base64url.ts';
import { parseJson } from './record/parse-json.ts';
import type { LineFilter } from './line-filters.ts';

/** Base64 of something that starts with a bracket, such as JSON in variables and headers. */
const PACKED = /(?<![\w+/-])[eW][w-z0-3][\w+/-]{100,}={0,2}(?![\w+/=-])/g;
const PACKED_WHOLE = /^[eW][w-z0-3][\w+/-]{100,}={0,2}$/;
const BASE64_LINE = /^[\w+/-]{40,80}$/;
const SIGN = /endpoint|p256dh/i;

/** The decoded text on one line, if it is about subscriptions; else the base64 itself. */
function unpacked(packed: string): string {
  const bytes = decodeBase64(packed);
  if (bytes === null) return packed;
  const text = new TextDecoder().decode(bytes);
  return SIGN.test(text) ? text.replaceAll(/[\r\n]+/g, ' ') : packed;
}

/** The value of JSON in base64 that is about subscriptions; `undefined` if the text is anything else. */
export const jsonInBase64 = (text: string): unknown =>
  PACKED_WHOLE.test(text) ? parseJson(unpacked(text)) : undefined;

/** JSON in base64, each complete on one line. */
export const PACKED_LINES: LineFilter = {
  isIt: (start) => [...start.matchAll(PACKED)].some(([packed]) => unpacked(packed) !== packed),
  make: () => (lines) => lines.replaceAll(PACKED, unpacked),
};

/** A file in base64, in lines of one length, as `base64` and mail write it. */
export const PACKED_FILE: LineFilter = {
  isIt(start) {
    const lines = start.trimStart().split(/\r?\n/);
    const [first = '', second = ''] = lines;
    if (!BASE64_LINE.test(first) || !BASE64_LINE.test(second) || first.length !== second.length) return false;
    const whole = lines.slice(0, -1).join('');
    const bytes = decodeBase64(whole.slice(0, whole.length - (whole.length % 4)));
    return bytes !== null && SIGN.test(new TextDecoder().decode(bytes));
  },
  make() {
    const decoder = new TextDecoder();
    let held = '';
    return (lines) => {
      held += lines.replaceAll(/\s+/g, '');
      const whole = held.length - (held.length % 4);
      const bytes = decodeBase64(held.slice(0, whole));
      held = bytes === null ? '' : held.slice(whole);
      if (bytes === null) return lines;
      return decoder.decode(bytes, { stream: true });
    };
  },
};

const BASE64_PART = /^Content-Transfer-Encoding:\s*base64\s*$/im;

/** The parts of a mail that are in base64: each line is complete. */
export const MAIL_BASE64: LineFilter = {
  isIt: (start) => BASE64_PART.test(start),
  make() {
    let state: 'outside' | 'head' | 'body' = 'outside';
    const decoder = new TextDecoder();
    return (lines) =>
      lines.replaceAll(/[^\n]*\n|[^\n]+$/g, (line) => {
        const text = line.trim();
        if (BASE64_PART.test(text)) state = 'head';
        else if (text.startsWith('--')) state = 'outside';
        else if (text === '' && state === 'head') state = 'body';
        else if (state === 'body') {
          const bytes = decodeBase64(text);
          return bytes === null || text === '' ? line : decoder.decode(bytes, { stream: true });
        }
        return line;
      });
  },
};
