/** A line `-----BEGIN …-----` or `-----END …-----`. */
export interface ArmourLine {
  readonly name: string;
  readonly isBegin: boolean;
  readonly isWhole: boolean;
}

const KINDS =
  'PRIVATE KEY BLOCK|PUBLIC KEY BLOCK|PRIVATE KEY|PUBLIC KEY|PARAMETERS|CERTIFICATE REQUEST|CERTIFICATE|PKCS7|CMS|MESSAGE|CRL';
const LINE = new RegExp(
  `(?<dashes>-{0,12})[ \\t]{0,4}\\b(?<edge>BEGIN|END)[ _]{1,4}(?<name>[A-Z0-9 ]{0,24}?(?:${KINDS}))[ \\t]{0,4}(?<closing>-{0,12})`,
  'gi',
);
const GLUE = /(["'`])[ \t]{0,20}[+.&]?[ \t]{0,20}\\?(?:\r?\n)?[ \t]{0,40}[+.&]?[ \t]{0,20}\1/g;
const MARKS = /^[ \t]{0,40}(?:\/\/[ \t]|[#>*|]|[+-][ \t])[ \t]{0,8}/gm;

/** What HTML has for the ends of lines. */
const TAGS = /<\/?(?:br|p|div|span|code|pre|li)\b[^<>\n]{0,80}>/gi;
/** What an editor or a diff puts before every line of a file; in front of base64 alone, a plus could be part of it. */
const LINE_MARKS: readonly [sign: RegExp, mark: RegExp][] = [
  [/^["'`]?[ \t]{0,9}\d{1,5}[ \t|:]{1,9}-{4,6}[ \t]?BEGIN /m, /^["'`]?[ \t]{0,9}\d{1,5}[ \t|:]{1,9}/gm],
  [/^["'`]?[+-]-{5}[ \t]?BEGIN /m, /^["'`]?[+-](?=[A-Za-z0-9+/]{20}|-{5})/gm],
];

/**
 * Removes what surrounds the lines of a value and is not part of it: PEM lines, quotes and operators that join strings, comment and
 * quotation marks. It is replaced by blanks, so that all positions stay the same.
 */
export function withoutArmour(text: string): { text: string; lines: ArmourLine[] } {
  const lines: ArmourLine[] = [];
  const blank = (found: string) => found.replaceAll(/[^\r\n]/g, ' ');
  const marked = LINE_MARKS.find(([sign]) => sign.test(text));
  const bare = (marked === undefined ? text : text.replaceAll(marked[1], blank))
    .replaceAll(TAGS, blank)
    .replaceAll(LINE, (found: string, dashes: string, edge: string, name: string, closing: string) => {
      const isWhole = dashes.length === 5 && closing.length === 5;
      lines.push({ name: name.trim().toUpperCase(), isBegin: edge.toUpperCase() === 'BEGIN', isWhole });
      return blank(found);
    })
    .replaceAll(GLUE, blank)
    .replaceAll(MARKS, blank);
  return { text: bare, lines };
}
