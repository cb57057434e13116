import { isKnownEndpoint } from './record/known-endpoint.ts';
import type { FieldRoles } from './record/field-role.ts';

/** A tag, or the text between two. A line may be broken behind a slash. */
export const TOKEN =
  /<(\/?)(?:(?<=\/)[ \t]*(?:\r\n?|\n)[ \t]*)?([A-Za-z][\w:.-]{0,80})((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>|<[!?][^>]*>|([^<]+)/g;
/** The name in a closing tag, which has no attributes: what is on its next line is the rest of the name. */
export const closedTag = (tag: string, rest: string): string =>
  (/^[ \t]*[\r\n]\s*[\w:.-]{1,80}\s*$/.test(rest) ? tag + rest.trim() : tag).toLowerCase();
export const ATTRIBUTE = /([\w:.-]{1,80})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** HTML has no closing tag for them. */
export const ALONE = /^(?:br|hr|img|input|meta|link|col|wbr)$/i;
/** Whether the attributes of a tag say what its content is: it is part of something then, and no whole. */
export const isNamedTag = (attributes: string): boolean => /\b(?:name|n|column|key)\s*=/i.test(attributes);
const MAX_DEPTH = 100;
/** A lost line puts two endpoints into one element. */
const MOST = 4;

interface Count {
  /** How deep all of them are together. */
  depth: number;
  all: number;
  /** How many have one endpoint in them, and how many more than one. */
  ones: number;
  several: number;
}

/**
 * The element that each subscription has of its own, with everything that is said of it: the outermost one that comes several times with
 * one endpoint in each. `null`: the start of the text shows none.
 */
export function rowTagOf(start: string, roles: FieldRoles): string | null {
  const counts = new Map<string, Count>();
  const stack: { tag: string; endpoints: number; isKeyed: boolean }[] = [];
  let isKeyed = false;
  const close = () => {
    const element = stack.pop();
    if (element === undefined) return;
    const count = counts.get(element.tag) ?? { depth: 0, all: 0, ones: 0, several: 0 };
    counts.set(element.tag, count);
    count.depth += stack.length;
    count.all += 1;
    if (element.endpoints === 1) count.ones += 1;
    if (element.endpoints > 1) count.several += 1;
    const parent = stack.at(-1);
    if (parent !== undefined) parent.endpoints += element.endpoints;
  };
  for (const [, closing, rawTag, attributes = '', single, plain] of start.matchAll(TOKEN)) {
    const tag = closing === '/' ? closedTag(rawTag ?? '', attributes) : rawTag?.toLowerCase();
    const top = stack.at(-1);
    if (plain !== undefined) {
      if (top !== undefined && isEndpointText(top.tag, plain, roles)) top.endpoints += 1;
    } else if (tag !== undefined && closing === '/') {
      const from = stack.findLastIndex((one) => one.tag === tag);
      while (from !== -1 && stack.length > from) close();
      isKeyed = tag === 'key';
    } else if (tag !== undefined) {
      const open = stack.findLastIndex((one) => one.tag === tag);
      // The end of the one before is lost.
      if (
        open !== -1 &&
        !isKeyed &&
        !isNamedTag(attributes) &&
        stack.slice(open).some(({ endpoints }) => endpoints > 0)
      )
        while (stack.length > open) close();
      const inIt = [...attributes.matchAll(ATTRIBUTE)].filter(([, name = '', double, one]) =>
        isEndpointText(name, double ?? one ?? '', roles),
      );
      stack.push({ tag, endpoints: inIt.length, isKeyed });
      if (single === '/' || ALONE.test(tag) || stack.length > MAX_DEPTH) close();
      isKeyed = false;
    }
  }
  const all = [...counts].filter(([, { ones, several }]) => ones > 1 && several * MOST <= ones);
  const most = Math.max(...all.map(([, { ones }]) => ones));
  const rows = all
    .filter(([, { ones }]) => ones * 2 > most)
    .sort(([, a], [, b]) => a.depth / a.all - b.depth / b.all);
  return rows[0]?.[0] ?? null;
}

const isEndpointText = (name: string, text: string, roles: FieldRoles): boolean =>
  isKnownEndpoint(text) || (roles.of(name)?.role === 'endpoint' && /^\s*https?:/.test(text));
