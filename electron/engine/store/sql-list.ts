/** Our own names, such as those of states, for `IN (…)`: `'queued', 'retrying'`. Never for anything that comes from outside. */
export function sqlList(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
