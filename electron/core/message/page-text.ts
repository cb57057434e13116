import { Parser } from 'htmlparser2';

/** Bytes within which a page must name its encoding (HTML §13.2.3.2). */
const LOOKED_AT = 1024;

/**
 * The text of a page, in the encoding named by its first bytes, its header or the page itself, in this order; UTF-8 if none is known. Bytes
 * that are invalid in it become U+FFFD.
 *
 * @param charset from the header `Content-Type`; `null`: it names none
 */
export function textOfPage(body: Uint8Array, charset: string | null): string {
  return decoded(body, markOf(body) ?? charset ?? namedIn(body) ?? 'utf-8');
}

function markOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : null;
}

function namedIn(body: Uint8Array): string | null {
  const names: string[] = [];
  const parser = new Parser({
    onopentag(name, { charset, content, 'http-equiv': header }) {
      if (name !== 'meta') return;
      const told = header?.toLowerCase() === 'content-type' ? charsetIn(content ?? '') : null;
      const named = charset?.trim() ?? told;
      if (named !== null) names.push(named);
    },
  });
  parser.write(new TextDecoder('latin1').decode(body.subarray(0, LOOKED_AT)));
  const named = names[0] ?? null;
  // A page that can be read as ASCII is not in UTF-16, whatever it says.
  return named !== null && /^utf-?16/i.test(named) ? 'utf-8' : named;
}

/** The encoding that a media type names (RFC 9110 §8.3.1). */
export const charsetIn = (type: string): string | null =>
  /;\s*charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(type.slice(0, 500))?.[1] ?? null;

function decoded(body: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label.trim()).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
