import type { ReadableDb } from '../../../store/database.ts';
import {
  groupKeys,
  groupParams,
  IS_OF_GROUP,
  IS_OF_GROUPS,
  type GroupParams,
  type SubscriptionGroup,
} from '../subscription-group.ts';

/** A text that is looked for among rows of some kinds. Case is ignored for A to Z. */
export interface SearchTerms {
  readonly text: string;
  readonly groups: readonly SubscriptionGroup[];
}

/** Row ids of matches, highest first. A match has the text in its endpoint or its label. */
export interface SubscriptionSearchStore {
  /** Looks at each row from the id `from` up to, without, `before`; the first `limit`. */
  scan(terms: SearchTerms, from: number, before: number, limit: number): number[];
  /** Looks at these rows only. */
  among(terms: SearchTerms, ids: readonly number[]): number[];
  /** Looks at the rows of these groups only, below the id `before`; the groups should be small. */
  withinGroups(terms: SearchTerms, before: number): number[];
  /** Looks at the labels of rows from the id `from` up to, without, `before`. */
  labelled(terms: SearchTerms, from: number, before: number): number[];
}

interface Terms {
  pattern: string;
  groups: string;
}

const HAS_TEXT = `(endpoint LIKE @pattern ESCAPE '\\' OR label LIKE @pattern ESCAPE '\\')`;

export function createSubscriptionSearchStore(db: ReadableDb): SubscriptionSearchStore {
  const scan = db.read<Terms & { from: number; before: number; limit: number }, { id: number }>(
    `SELECT id FROM subscriptions WHERE id >= @from AND id < @before AND ${HAS_TEXT} AND ${IS_OF_GROUPS}
     ORDER BY id DESC LIMIT @limit`,
  );
  const among = db.read<Terms & { ids: string }, { id: number }>(
    `SELECT id FROM subscriptions WHERE id IN (SELECT value FROM json_each(@ids)) AND ${HAS_TEXT} AND ${IS_OF_GROUPS}
     ORDER BY id DESC`,
  );
  const ofGroup = db.read<GroupParams & { pattern: string; before: number }, { id: number }>(
    `SELECT id FROM subscriptions WHERE ${IS_OF_GROUP} AND id < @before AND ${HAS_TEXT}`,
  );
  const labelled = db.read<Terms & { from: number; before: number }, { id: number }>(
    `SELECT id FROM subscriptions INDEXED BY subscriptions_labelled
     WHERE label IS NOT NULL AND id >= @from AND id < @before AND label LIKE @pattern ESCAPE '\\' AND ${IS_OF_GROUPS}
     ORDER BY id DESC`,
  );
  return {
    scan: (terms, from, before, limit) => idsOf(scan.all({ ...paramsOf(terms), from, before, limit })),
    among: (terms, ids) => idsOf(among.all({ ...paramsOf(terms), ids: JSON.stringify(ids) })),
    withinGroups(terms, before) {
      const { pattern } = paramsOf(terms);
      const found = terms.groups.flatMap((group) => ofGroup.all({ ...groupParams(group), pattern, before }));
      return idsOf(found).sort((a, b) => b - a);
    },
    labelled: (terms, from, before) => idsOf(labelled.all({ ...paramsOf(terms), from, before })),
  };
}

const idsOf = (rows: readonly { id: number }[]) => rows.map((row) => row.id);

function paramsOf({ text, groups }: SearchTerms): Terms {
  return { pattern: `%${text.replace(/[\\%_]/g, '\\$&')}%`, groups: groupKeys(groups) };
}
