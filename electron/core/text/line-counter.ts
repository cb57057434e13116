/** Tells the lines of successive positions, counted from 1, and reads the text only once. LF, CR LF and CR end a line. */
export interface LineCounter {
  /** `at` is never before the position asked for last. */
  lineAt(at: number): number;
}

/**
 * @param firstLine the line that the text starts in
 */
export function createLineCounter(text: string, firstLine = 1): LineCounter {
  const ending = text.includes('\r') ? /\r\n?|\n/g : /\n/g;
  let line = firstLine;
  let nextEnd = findEnd(ending, text);
  return {
    lineAt(at) {
      while (nextEnd <= at) {
        line += 1;
        nextEnd = findEnd(ending, text);
      }
      return line;
    },
  };
}

/** The position after the next line ending. */
function findEnd(ending: RegExp, text: string): number {
  return ending.exec(text) === null ? Infinity : ending.lastIndex;
}
