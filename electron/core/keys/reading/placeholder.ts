const VALUE =
  /(?:priv|prv)[\w-]{0,40}["'\])]{0,3}\s{0,9}(?:=>|[:=])\s{0,9}["'(]?(?<value>[^\s"',;)]{1,80})/gi;
const STAND_IN =
  /^(?:[$%<{[].*|\*{3,}|x{3,}.*|\.{3}|…|your?[-_ ].*|.*(?:your|change|replace|insert|paste|todo|example|placeholder|here).*|process\.env.*|os\.(?:environ|getenv).*|env\(?.*|getenv.*|import\.meta.*|config\(?.*)$/i;

/** Whether the text in the place of a private half only says that one belongs there: `<your key>`, `${VAPID_PRIVATE_KEY}`. */
export function isPlaceholder(text: string): boolean {
  for (const { groups } of text.matchAll(VALUE)) {
    const value = groups?.['value'] ?? '';
    if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(value) && STAND_IN.test(value)) return true;
  }
  return false;
}

const SHORTENED = /^[A-Za-z0-9+/_-]{1,42}(?:\.{2,}|…|\*{2,}|•{2,})[A-Za-z0-9+/_=-]{0,12}$/;

/** Whether the text is only part of a private half, as programs show it: `AbCdEf…`, `AbCd****wxyz`. */
export function isShortened(text: string): boolean {
  return [...text.matchAll(VALUE)].some(({ groups }) => SHORTENED.test(groups?.['value'] ?? ''));
}
