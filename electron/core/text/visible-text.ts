/** Whatever cannot be seen and changes how a text is read, or what a terminal does with it. Joiners stay: scripts and emoji need them. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\u00AD\u180E\u200B\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E007F}]/gu;
/** The same for the person's own text: marks that their script needs, and emoji flags, stay as they are. */
const HIDDEN_IN_OWN = /[\p{Cc}\p{Cs}\u202D\u202E\u2028\u2029\uFFFE\uFFFF]/gu;

/**
 * Makes text from others (push services' answers, headers, errors, addresses) safe to show, copy and log: each character that cannot be
 * seen is written as JSON writes it, `\u202E`. Within JSON the text keeps its meaning.
 *
 * @param lines keeps line breaks and tabs
 */
export function visibleText(text: string, lines = false): string {
  return escaped(text, HIDDEN, lines);
}

/** Makes text that the person has written safe to show: stores from before such texts were checked may hold anything. */
export function visibleOwnText(text: string, lines = false): string {
  return escaped(text, HIDDEN_IN_OWN, lines);
}

function escaped(text: string, hidden: RegExp, lines: boolean): string {
  const whole = lines ? text.replaceAll('\r\n', '\n') : text;
  return whole.replaceAll(hidden, (found) =>
    lines && (found === '\n' || found === '\t') ? found : codeOf(found),
  );
}

function codeOf(character: string): string {
  let code = '';
  for (let at = 0; at < character.length; at += 1)
    code += `\\u${character.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
  return code;
}
