const PARTS = [
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

/**
 * An address in its parts, for an interpreter without URLs: texts in, JSON out.
 * @param part which part to change to `value`, or empty
 * @returns empty if it is not an address
 */
export function readUrl(input: string, base: string, part: string, value: string): string {
  const text = base === '' ? input : undefined;
  if (text === undefined ? !URL.canParse(input, base) : !URL.canParse(text)) return '';
  const url = base === '' ? new URL(input) : new URL(input, base);
  const changed = PARTS.find((one) => one === part);
  if (changed !== undefined) url[changed] = value;
  return JSON.stringify({ ...Object.fromEntries(PARTS.map((one) => [one, url[one]])), origin: url.origin });
}
