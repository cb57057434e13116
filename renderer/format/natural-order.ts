const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sorts as people do: `tag 2` before `tag 10`, and `Ärzte` beside `Arzt`. */
export const inNaturalOrder = (one: string, other: string): number => collator.compare(one, other);
