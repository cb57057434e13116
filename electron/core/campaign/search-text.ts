/** Fields whose texts are searched, wherever they are in the message: it may have texts in several languages. */
const SEARCHED = ['title', 'body', 'tag'];

/** Maps all spellings of a text to the same letters: case, separately written accents, and wide forms make no difference. */
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
