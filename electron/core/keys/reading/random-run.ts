/** Not a long word or name: in 43 random letters both cases are certain to occur. */
export const hasBothCases = (letters: string): boolean => /[a-z]/.test(letters) && /[A-Z]/.test(letters);

/** Whether a long run of letters is random, and not put together of words, as names are. */
export const isRandomRun = (letters: string): boolean =>
  hasBothCases(letters) && (/\d/.test(letters) || !letters.split(/[_-]+/).every(isWord));

/** As names are put together of words. Each run of letters is taken whole: tried in all its parts, a long one would never end. */
export const isWord = (piece: string): boolean => /^(?:[A-Z]*[a-z]{2,}(?![a-z]))*(?:[A-Z]{2,})?$/.test(piece);
