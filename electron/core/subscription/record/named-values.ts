import { isPoint, isSecretText, readKey } from './key-bytes.ts';
import { nameIn } from './named-cells.ts';
import { isKnownEndpoint } from './known-endpoint.ts';

/**
 * A record from a row whose columns have names, or are recognised by their content if they have none: the address, the point of 65 bytes,
 * the secret of 16.
 */
export function namedRow(
  values: readonly unknown[],
  columns: readonly string[] | null,
): Record<string, unknown> {
  const row = Object.create(null) as Record<string, unknown>;
  const names = columns ?? guessNames(values);
  const numbers = new Map<string, number>();
  values.forEach((value, index) => {
    row[nameIn(row, names[index] ?? `column ${index + 1}`, numbers)] = value;
  });
  return row;
}

/**
 * Names for values that have none. If several may be the secret, since device ids have the same length, it is the first after the point:
 * browsers and libraries use that order.
 */
export function guessNames(values: readonly unknown[]): string[] {
  const isSecret = (value: unknown) => typeof value === 'string' && isSecretText(value);
  const point = values.findIndex((value) => typeof value === 'string' && isPointText(value));
  const behind = values.findIndex((value, index) => index > point && isSecret(value));
  const secret = behind === -1 ? values.findLastIndex(isSecret) : behind;
  // Lists of endpoints and of keys on one line: the first of each need not belong together.
  const isLists =
    new Set(values.filter((value) => typeof value === 'string' && isKnownEndpoint(value))).size > 1;
  const taken = new Set<string>(isLists ? ['p256dh', 'auth'] : []);
  const take = (name: string): string | null => {
    if (taken.has(name)) return null;
    taken.add(name);
    return name;
  };
  return values.map(
    (value, index) =>
      (typeof value === 'string' ? guess(value, take, index === secret) : null) ?? `column ${index + 1}`,
  );
}

const isPointText = (value: string): boolean => {
  if (value.length < 80 || value.length > 200) return false;
  const key = readKey(value);
  return key.kind === 'text' && isPoint(key.bytes);
};

function guess(value: string, take: (name: string) => string | null, isSecret: boolean): string | null {
  if (isKnownEndpoint(value) || /^https:\/\/[^\s,;]{40,}$/.test(value)) return take('endpoint');
  if (/^\s*\{/.test(value)) return take('subscription');
  if (value.length < 20 || value.length > 200)
    return /^[^\s@,]+@[^\s@,]+\.\w+$/.test(value) ? take('email') : null;
  const key = readKey(value);
  if (key.kind !== 'text') return null;
  if (isPoint(key.bytes)) return take('p256dh');
  if (isSecret) return take('auth');
  return /^[^\s@,]+@[^\s@,]+\.\w+$/.test(value) ? take('email') : null;
}
