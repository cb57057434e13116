import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Draft, DraftContent, draftPageSchema } from '../../../contract/drafts.ts';
import type { DraftId } from '../../../contract/ids.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { WritableDb } from '../../store/database.ts';
import { createDraftStore, type Place, type StoredDraft } from './draft-store.ts';
import { refuseTooLarge } from './size-of-content.ts';

type ById = { id: DraftId };

/** Messages that are being written. */
export interface Drafts {
  list(input: { cursor: string | null; limit: number }): z.output<typeof draftPageSchema>;
  get(input: ById): Draft;
  create(content: DraftContent): Draft;
  save(draft: DraftContent & ById & { revision: number }): Draft;
  remove(input: ById): { removed: boolean };
  restore(input: ById): Draft;
  /** A campaign was started with this request id: the draft that it belongs to leaves the list. */
  sent(requestId: string): void;
  /** Takes those off the list whose sending was stored before the engine ended. To be called at the start. */
  recover(): void;
  /** Forgets those that left the list long ago. */
  tidy(): void;
}

/** How long a deleted draft can be put back, and how long a window that still has it open can learn what became of it. */
export const KEPT_MS = 86_400_000;

export function createDrafts({
  db,
  changes,
  clock,
  makeId = randomUUID,
}: {
  db: WritableDb;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  makeId?: () => string;
}): Drafts {
  const store = createDraftStore(db);
  const told = () => {
    changes.publish('drafts');
  };
  const mustGet = (id: DraftId): StoredDraft => {
    const draft = store.get(id);
    const problem = draft === null ? UNKNOWN : draft.leftAs && LEFT[draft.leftAs];
    if (draft === null || problem !== null) throw new Refusal('NOT_FOUND', problem ?? UNKNOWN);
    return draft;
  };
  const view = (id: DraftId): Draft => {
    const { message, audience, choices, revision, updatedAt, requestId } = mustGet(id);
    return { id, message, audience, choices, revision, updatedAt, requestId };
  };

  return {
    list({ cursor, limit }) {
      const items = store.list(placeOf(cursor), limit + 1);
      const page = items.slice(0, limit);
      const last = page.at(-1);
      const hasMore = items.length > limit && last !== undefined;
      return { items: page, nextCursor: hasMore ? `${last.updatedAt}-${last.id}` : null };
    },
    get: ({ id }) => view(id),
    create(content) {
      refuseTooLarge(content.message, content.choices);
      const id = store.add(content, makeId(), clock.now());
      told();
      return view(id);
    },
    save({ id, revision, ...content }) {
      refuseTooLarge(content.message, content.choices);
      return db.transaction(() => {
        const kept = mustGet(id);
        // A save whose answer was lost is repeated: what it wanted has already been done.
        if (isDeepStrictEqual(contentOf(kept), asKept(content))) return view(id);
        if (kept.revision !== revision) throw new Refusal('CONFLICT', CHANGED);
        store.update(id, content, makeId(), clock.now());
        told();
        return view(id);
      });
    },
    remove({ id }) {
      const removed = store.leave(id, 'deleted', clock.now());
      if (removed) told();
      return { removed };
    },
    restore({ id }) {
      if (store.putBack(id)) told();
      return view(id);
    },
    sent(requestId) {
      if (store.leaveSent(requestId, clock.now())) told();
    },
    recover() {
      store.leaveAllSent(clock.now());
    },
    tidy() {
      store.drop(clock.now() - KEPT_MS);
    },
  };
}

const contentOf = ({ message, audience, choices }: DraftContent): DraftContent => ({
  message,
  audience,
  choices,
});

/** As it comes back from the file: a member that is `undefined` does not exist there. */
const asKept = (content: DraftContent) => contentOf(JSON.parse(JSON.stringify(content)) as DraftContent);

function placeOf(cursor: string | null): Place | null {
  if (cursor === null) return null;
  const [, updatedAt, id] = /^(\d{1,16})-([1-9]\d{0,15})$/.exec(cursor) ?? [];
  if (updatedAt !== undefined && id !== undefined) return { updatedAt: Number(updatedAt), id: Number(id) };
  throw new Refusal('BAD_INPUT', {
    code: 'cursor-unknown',
    cause: 'This cursor is not valid here.',
    cure: 'Start again from the first page.',
    field: 'cursor',
  });
}

const CHANGED: Problem = {
  code: 'draft-changed',
  cause: 'This draft was changed elsewhere since it was opened here.',
  cure: 'Open it again, or keep yours as another draft.',
};
const UNKNOWN: Problem = {
  code: 'draft-unknown',
  cause: 'This draft no longer exists.',
  cure: 'Choose another draft.',
};
const LEFT = {
  sent: {
    code: 'draft-sent',
    cause: 'This draft has been sent.',
    cure: 'Find it under Campaigns. To send it again, duplicate the campaign.',
  },
  deleted: {
    code: 'draft-deleted',
    cause: 'This draft was deleted.',
    cure: 'Choose another draft, or keep yours as a new one.',
  },
} as const satisfies Record<string, Problem>;
