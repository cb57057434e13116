const MAX_LENGTH = 80;

/** Gives a name that is not taken: two pairs with one name could not be told apart, and a number is kinder than a refusal. Ignores case. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  if (!used.has(wanted.toLowerCase())) return wanted;
  for (let number = 2; ; number += 1) {
    const ending = ` ${number}`;
    const name = wanted.slice(0, MAX_LENGTH - ending.length) + ending;
    if (!used.has(name.toLowerCase())) return name;
  }
}
