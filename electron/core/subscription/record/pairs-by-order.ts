/** Endpoint, p256dh, auth. */
export type PartKind = 'E' | 'P' | 'A';

/** What a person should know if only the order says which keys belong to which endpoint. */
export const BY_ORDER =
  'Keys and endpoints are in separate places in this text and were matched by their order.';

/**
 * Which endpoints and keys of a text belong together, judged only by their order: each with its keys after it or before it, or all
 * endpoints and then all keys, as when columns are copied one after another.
 *
 * @param kinds one letter for each value, in the order of the text
 * @returns the positions of endpoint, p256dh and auth of each; `null`: the order does not tell
 */
export function pairsByOrder(kinds: string): { groups: [number, number, number][]; isApart: boolean } | null {
  const count = kinds.length / 3;
  if (count === 0 || !Number.isInteger(count)) return null;
  if (/^(?:(?:EPA)+|(?:EAP)+|(?:PAE)+|(?:APE)+)$/.test(kinds)) {
    return { groups: range(count).map((index) => inOrder(kinds, index * 3)), isApart: false };
  }
  const endpoints = 'E'.repeat(count);
  const keys = [
    'PA'.repeat(count),
    'AP'.repeat(count),
    'P'.repeat(count) + 'A'.repeat(count),
    'A'.repeat(count) + 'P'.repeat(count),
  ];
  if (!keys.some((some) => kinds === endpoints + some)) return null;
  const places = (kind: PartKind) => range(kinds.length).filter((index) => kinds[index] === kind);
  const [e, p, a] = [places('E'), places('P'), places('A')];
  return {
    groups: range(count).map((index) => [e[index] ?? 0, p[index] ?? 0, a[index] ?? 0]),
    isApart: true,
  };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function inOrder(kinds: string, from: number): [number, number, number] {
  const at = (kind: PartKind) => kinds.indexOf(kind, from);
  return [at('E'), at('P'), at('A')];
}

/** Whether each endpoint is followed by what belongs to it before the next one comes. */
export const isUsualOrder = (kinds: string): boolean => kinds.startsWith('E') && !kinds.includes('EE');
