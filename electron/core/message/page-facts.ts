import { Parser } from 'htmlparser2';
import { hiddenCharacter } from '../../contract/characters.ts';

/** What a page says about itself, ready for the fields of a message; empty where it says nothing. */
export interface PageFacts {
  title: string;
  description: string;
  /** Absolute http or https address. */
  imageUrl: string;
  /** Where a click leads: the address that the page itself names, as long as it is on the same site. */
  url: string;
}

/** More characters than the head of any page has; what comes after them is not read. */
const MAX_READ = 1_000_000;
/** How many characters to read between two checks of whether to go on: so few that no nesting within them takes long. */
const PIECE = 8192;
/** Elements open at once; a page with more is made to slow readers down. */
const MAX_DEPTH = 1000;
const MAX_TITLE = 150;
const MAX_DESCRIPTION = 300;
const MAX_ADDRESS = 2000;

/** Names of `meta` elements, the best first (https://ogp.me; names of X cards; HTML §4.2.5.1). */
const NAMES = {
  title: ['og:title', 'twitter:title'],
  description: ['og:description', 'twitter:description', 'description'],
  imageUrl: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'],
} as const;

/**
 * Reads title, description, picture and address from a page. The site controls all of it: texts are cleaned and cut, addresses are http or
 * https, and double braces, which would be taken for a variable, become single ones. Takes time in proportion to the page, whatever it
 * holds.
 *
 * @param address where the page was found
 */
export function factsOfPage(html: string, address: URL): PageFacts {
  const { metas, title, canonical, base } = partsOf(html);
  const first = (names: readonly string[], read: (text: string) => string): string => {
    for (const name of names)
      for (const text of metas.get(name) ?? []) {
        const found = read(text);
        if (found !== '') return found;
      }
    return '';
  };
  const start = base === '' ? address : (addressOf(base, address) ?? address);
  const picture = (text: string) => addressOf(text, start)?.href ?? '';
  const own = (text: string) => {
    const url = addressOf(text, address);
    return url?.origin === address.origin ? url.href : '';
  };
  return {
    title: first(NAMES.title, (text) => lineOf(text, MAX_TITLE)) || lineOf(title, MAX_TITLE),
    description: first(NAMES.description, (text) => lineOf(text, MAX_DESCRIPTION)),
    imageUrl: first(NAMES.imageUrl, picture),
    url: own(canonical) || first(['og:url'], own) || own(address.href),
  };
}

function partsOf(html: string) {
  const metas = new Map<string, string[]>();
  let title = '';
  let canonical = '';
  let base = '';
  let depth = 0;
  /** Inside drawings, whose titles are not the page's. */
  let drawings = 0;
  let titles: 'none' | 'open' | 'read' = 'none';
  const parser = new Parser({
    onopentag(name, { property, name: named, content, rel, href }) {
      depth += 1;
      if (name === 'svg') drawings += 1;
      if (name === 'title' && drawings === 0 && titles === 'none') titles = 'open';
      if (name === 'base') base ||= href ?? '';
      if (name === 'link' && /(^|\s)canonical(\s|$)/i.test((rel ?? '').slice(0, 100)))
        canonical ||= href ?? '';
      const key = (property ?? named)?.trim().toLowerCase();
      if (name !== 'meta' || key === undefined || content === undefined || content.trim() === '') return;
      const known = metas.get(key);
      if (known === undefined && metas.size < 500) metas.set(key, [content]);
      else if (known !== undefined && known.length < 5) known.push(content);
    },
    ontext(text) {
      if (titles === 'open' && title.length < MAX_READ) title += text;
    },
    onclosetag(name) {
      depth -= 1;
      if (name === 'svg') drawings -= 1;
      if (name === 'title' && titles === 'open') titles = 'read';
    },
  });
  for (let at = 0; at < Math.min(html.length, MAX_READ) && depth <= MAX_DEPTH; at += PIECE)
    parser.write(html.slice(at, at + PIECE));
  parser.end();
  return { metas, title, canonical, base };
}

/** `null`: a message may not link to it. */
function addressOf(text: string, base: URL): URL | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_ADDRESS || !URL.canParse(trimmed, base.href)) return null;
  const url = new URL(trimmed, base);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' && url.href.length <= MAX_ADDRESS
    ? withoutBraces(url)
    : null;
}

/** Braces in an address are encoded, so that none of them starts a variable. */
const withoutBraces = (url: URL): URL => new URL(url.href.replaceAll('{', '%7B').replaceAll('}', '%7D'));

/** One line without invisible characters, cut between two words. */
function lineOf(text: string, limit: number): string {
  const line = text
    .slice(0, limit * 20)
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, '')
    .replaceAll(/[\s\p{Cc}\p{Cs}\u2028\u2029\uFFFE\uFFFF]+/gu, ' ')
    .replaceAll(/\{{2,}/g, '{')
    .replaceAll(/\}{2,}/g, '}')
    .trim();
  const seen = hiddenCharacter(line, 'line') === null ? line : line.replaceAll(/\p{Cf}/gu, '').trim();
  if (hiddenCharacter(seen, 'line') !== null) return '';
  const letters = Array.from(seen);
  if (letters.length <= limit) return seen;
  const cut = letters.slice(0, limit - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
