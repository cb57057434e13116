/** Fields whose texts are looked through, wherever in the message they stand: it may have texts in several languages. */
const SEARCHED = ['title', 'body', 'tag'];

/** The same letters in every spelling: case, accents that are written apart, and wide forms make no difference. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** What a campaign is found by, folded: title, body and tag of its message. */
export function searchTextOf(message: unknown): string {
  const found: string[] = [];
  const look = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > 5) return;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') look(inner, depth + 1);
      else if (SEARCHED.includes(name)) found.push(inner);
    }
  };
  look(message, 0);
  return foldText(found.join('\n'));
}
