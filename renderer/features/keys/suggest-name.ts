/** A name that no key pair has yet: `My site`, then `My site 2` and so on. */
export function suggestName(taken: readonly string[]): string {
  const base = 'My site';
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base} ${number}`)) number += 1;
  return `${base} ${number}`;
}
