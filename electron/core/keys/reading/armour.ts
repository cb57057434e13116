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

/**
 * Takes away what stands around the lines of a value and is no part of it: the lines of PEM, quotes and signs that join strings, marks of
 * comments and of quotation. What goes becomes blanks, so that every place stays where it was.
 */
export function withoutArmour(text: string): { text: string; lines: ArmourLine[] } {
  const lines: ArmourLine[] = [];
  const blank = (found: string) => found.replaceAll(/[^\r\n]/g, ' ');
  const bare = text
    .replaceAll(LINE, (found: string, dashes: string, edge: string, name: string, closing: string) => {
      const isWhole = dashes.length === 5 && closing.length === 5;
      lines.push({ name: name.trim().toUpperCase(), isBegin: edge.toUpperCase() === 'BEGIN', isWhole });
      return blank(found);
    })
    .replaceAll(GLUE, blank)
    .replaceAll(MARKS, blank);
  return { text: bare, lines };
}
