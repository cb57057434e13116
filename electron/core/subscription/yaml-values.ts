import { isScalar, parseAllDocuments, visit, type Document, type visitor } from 'yaml';
import { hasSign } from './yaml-levels.ts';

/** The values of the documents of a text; `null`: it is not valid YAML, or says the same thing twice, so that a line may be lost. */
export function yamlValues(text: string): unknown[] | null {
  try {
    const documents = documentsOf(text);
    if (documents === null) return null;
    const maxAliasCount = hasLongAnchor(documents) ? FEW_ALIASES : MANY_ALIASES;
    return documents.map((one): unknown => one.toJS({ maxAliasCount }));
  } catch {
    // Nested beyond all measure, or aliases of aliases, or of nothing.
    return null;
  }
}

/** How often aliases may stand for something long, and for the few values that people have in common. */
const FEW_ALIASES = 50;
const MANY_ALIASES = 10_000;
const LONG = 1000;

function hasLongAnchor(documents: readonly Document[]): boolean {
  let isLong = false as boolean;
  const visitor: visitor = {
    Node(_key, node) {
      const { anchor = null, range = null } = 'anchor' in node ? node : {};
      isLong ||= anchor !== null && range !== null && range[1] - range[0] > LONG;
      return isLong ? visit.BREAK : undefined;
    },
  };
  for (const { contents } of documents) if (!isLong) visit(contents, visitor);
  return isLong;
}

/** Whether a part of a text is valid by itself. What its aliases stand for may be elsewhere. */
export function isWholeYaml(text: string): boolean {
  try {
    return documentsOf(text) !== null;
  } catch {
    return false;
  }
}

function documentsOf(text: string): Document[] | null {
  const plain = text.replaceAll(/\r\n?/g, '\n');
  const documents = parseAllDocuments(plain, { logLevel: 'silent', uniqueKeys: false });
  if (!Array.isArray(documents)) return [];
  const isValid = documents.every(({ errors }) => errors.length === 0);
  return isValid && !isTorn(documents, plain) ? documents : null;
}

/**
 * Whether a name stands twice in a map, or a value goes on in what was an item of a list: a line between them is lost. A plain value that
 * all maps have twice was written so.
 */
function isTorn(documents: readonly Document[], text: string): boolean {
  let found = false as boolean;
  /** How many maps have a name, and how many have it twice. */
  const once = new Map<unknown, number>();
  const twice = new Map<unknown, number>();
  const count = (counts: Map<unknown, number>, name: unknown) =>
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const visitor: visitor = {
    Map(_key, { items }) {
      const names = new Set<unknown>();
      const again = new Set<unknown>();
      for (const { key, value } of items) {
        if (!isScalar(key) || key.value === '<<') continue;
        if (names.has(key.value)) {
          again.add(key.value);
          found ||= PARTS.test(String(key.value)) || !isScalar(value) || hasSign(String(value.value));
        }
        names.add(key.value);
      }
      for (const name of names) count(once, name);
      for (const name of again) count(twice, name);
      return found ? visit.BREAK : undefined;
    },
    Scalar(_key, { type, range }) {
      found ||=
        type === 'PLAIN' &&
        range !== null &&
        range !== undefined &&
        /\n\s*-\s/.test(text.slice(range[0], range[1]));
      return found ? visit.BREAK : undefined;
    },
  };
  for (const { contents } of documents) if (!found) visit(contents, visitor);
  return found || [...twice].some(([name, maps]) => maps < 2 || maps < (once.get(name) ?? 0));
}

const PARTS = /^(?:endpoint|keys|p256dh|auth)$/i;
