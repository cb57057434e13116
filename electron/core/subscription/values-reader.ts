import { createFieldRoles } from './record/field-role.ts';
import { BY_ORDER, pairsByOrder } from './record/pairs-by-order.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { kindsOf } from './value-groups.ts';
import { valuesIn, type FoundValue } from './values-in-text.ts';
import { readValues } from './values-rows.ts';
import { joinWrapped } from './wrapped-values.ts';

/** Text without a boundary is cut after this many characters. */
const MAX_BLOCK = 256_000;
/** Where a record certainly ends: a blank line, the head of a record, a prompt, numbering that starts again. */
const BOUNDARY =
  /^\s*$|^\s*\*{3,}|^-\[ RECORD|^\s*\(?\d+ rows?\b|^[\w.:[\]-]*>(?: |$)|^\s*(?:\d+[)#] )*1[)#]\s/i;

/** How many endpoints may wait for their keys in the next blocks. */
const MAX_HELD = 20_000;
const ONE_OF_EACH = /^E(?:PA|AP)$/;

/**
 * Reads what no other reader understands, by what its values decode to: what consoles and languages print without names, or with names in
 * an unusual form. Brackets, lines and blank lines say which values belong together; where that is not certain, the row is refused.
 *
 * Takes time in proportion to the text, and memory for 256,000 characters.
 */
export function createValuesReader(): SubscriptionTextReader {
  const roles = createFieldRoles();
  let rest = '';
  let block = '';
  let blockLine = 1;
  let line = 1;
  let foundAny = false;
  let head = '';
  /** Where the block first ended, and was held back for the keys of its endpoints. */
  let held = 0;
  /** What is in the paragraphs of the block that have ended. */
  let seen = { to: 0, kinds: '' };
  /** Whether it is held for a single endpoint, with blank lines around each of its keys. */
  let isHeldForOne = false;

  const endBlock = (): SubscriptionTextRow[] => {
    const text = block;
    const at = blockLine;
    block = '';
    seen = { to: 0, kinds: '' };
    blockLine = line;
    if (text.trim() === '') return [];
    const isOne = isHeldForOne && ONE_OF_EACH.test(kindsIn(text));
    const parts = held === 0 || isOne || isApart(text) ? [text] : [text.slice(0, held), text.slice(held)];
    held = 0;
    isHeldForOne = false;
    const rows = parts.flatMap((part, index) =>
      readValues(
        part,
        at + (index === 0 ? 0 : (parts[0] ?? '').split('\n').length - 1),
        roles,
        isOne ? BY_ORDER : null,
      ),
    );
    foundAny ||= rows.some(({ kind }) => kind !== 'other');
    return rows;
  };
  /** Whether there are endpoints whose keys may follow in the next blocks. */
  const isWaiting = (): boolean => {
    if (block.length >= MAX_HELD) return false;
    // Each paragraph is looked at once: there may be thousands of blank lines.
    seen = { to: block.length, kinds: seen.kinds + kindsIn(block.slice(seen.to)) };
    const { kinds } = seen;
    if (/^E[PA]?$/.test(kinds) && (held > 0 || kinds === 'E')) {
      isHeldForOne = true;
      return true;
    }
    return !isHeldForOne && /^EE+[PA]*$/.test(kinds) && pairsByOrder(kinds)?.isApart !== true;
  };
  const addLine = (whole: string): SubscriptionTextRow[] => {
    let rows: SubscriptionTextRow[] = [];
    if (block.length + whole.length > MAX_BLOCK) rows = endBlock();
    else if (BOUNDARY.test(whole)) {
      if (/^\s*$/.test(whole) && isWaiting()) held ||= block.length;
      else rows = endBlock();
    }
    block += whole;
    line += 1;
    return rows;
  };

  return {
    push(piece) {
      head += piece.slice(0, EXCERPT_CHARACTERS - head.length);
      rest += piece;
      const rows: SubscriptionTextRow[] = [];
      let from = 0;
      for (;;) {
        const stop = rest.indexOf('\n', from);
        if (stop === -1 && rest.length - from <= MAX_BLOCK) break;
        const next = stop === -1 || stop - from > MAX_BLOCK ? from + MAX_BLOCK : stop + 1;
        rows.push(...addLine(rest.slice(from, next)));
        if (next !== stop + 1) line -= 1;
        from = next;
      }
      rest = rest.slice(from);
      return rows;
    },
    end() {
      const rows = [...addLine(rest), ...endBlock()];
      if (!foundAny)
        rows.push({
          kind: 'bad',
          line: 1,
          problem: NOT_A_SUBSCRIPTION,
          excerpt: clean(head, 0, EXCERPT_CHARACTERS),
        });
      return rows;
    },
  };
}

const kindsIn = (text: string): string =>
  kindsOf(valuesIn(joinWrapped(text)).filter((one): one is FoundValue => one.kind !== 'bracket'));
const isApart = (text: string): boolean => pairsByOrder(kindsIn(text))?.isApart === true;
