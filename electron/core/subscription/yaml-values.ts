import { isScalar, parseAllDocuments, visit, type Document, type Node } from 'yaml';

/** The values of the documents of a text; `null`: it is not valid YAML, or says the same thing twice, so that a line may be lost. */
export function yamlValues(text: string): unknown[] | null {
  try {
    return documentsOf(text)?.map((one): unknown => one.toJS({ maxAliasCount: 50 })) ?? null;
  } catch {
    // Nested beyond all measure, or aliases of aliases, or of nothing.
    return null;
  }
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
  return documents.every(({ errors, contents }) => errors.length === 0 && !isTorn(contents, plain))
    ? documents
    : null;
}

/** Whether a name stands twice in a map, or a value goes on in what was an item of a list: a line between them is lost. */
function isTorn(document: Node | null, text: string): boolean {
  let found = false;
  visit(document, {
    Map(_key, { items }) {
      const names = items.flatMap(({ key }) => (isScalar(key) && key.value !== '<<' ? [key.value] : []));
      found ||= new Set(names).size < names.length;
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
  });
  return found;
}
