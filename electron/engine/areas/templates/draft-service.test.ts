import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DraftContent } from '../../../contract/drafts.ts';
import type { DraftId } from '../../../contract/ids.ts';
import { Refusal } from '../../../contract/problem.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { createDrafts } from './draft-service.ts';

const HALF: DraftContent = { message: { title: 'Half' }, audience: null, choices: {} };

function rig() {
  const { db } = tempStore();
  const clock = fakeClock();
  const published: string[] = [];
  const open = () =>
    createDrafts({ db, clock, changes: { publish: (...topics) => published.push(...topics) } });
  return { drafts: open(), open, db, clock, published };
}
const all = { cursor: null, limit: 100 };
const codeOf = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof Refusal ? `${error.kind} ${error.problem.code}` : String(error);
  }
};

describe('a draft', () => {
  it('keeps what was half written, with all that is chosen for it, names that nobody knows too', () => {
    const content: DraftContent = {
      message: { title: 'Hi {{name}}', tomorrow: [{ a: null }], ttlSeconds: '' },
      audience: { kind: 'everyone' },
      choices: { schedule: { at: 5 }, unheardOf: [true] },
    };
    const { drafts, open, published } = rig();
    const { id } = drafts.create(content);
    expect(open().get({ id })).toMatchObject({ ...content, revision: 1 });
    expect(published).toEqual(['drafts']);
  });

  it('is one of many, the one changed last first, by pages that lose none', () => {
    const { drafts, clock } = rig();
    const ids = Array.from({ length: 5 }, (_, index) => {
      // Two at each moment.
      if (index % 2 === 0) clock.advance(1000);
      return drafts.create({ ...HALF, message: { title: `Draft ${index}`, body: 'B' } }).id;
    });
    clock.advance(1000);
    const first = ids[0] as DraftId;
    drafts.save({ ...HALF, id: first, revision: 1, message: { title: 'Newest' } });
    const pages: unknown[] = [];
    for (let cursor: string | null = null; ;) {
      const page = drafts.list({ cursor, limit: 2 });
      pages.push(page.items.map(({ title }) => title));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(pages).toEqual([['Newest', 'Draft 4'], ['Draft 3', 'Draft 2'], ['Draft 1']]);
    expect(codeOf(() => drafts.list({ cursor: 'x', limit: 2 }))).toBe('BAD_INPUT cursor-unknown');
  });

  it('is shown in the list whatever its message holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('title', 'body', 'x"\'.$'), fc.jsonValue()), (message) => {
        const { drafts } = rig();
        const { id } = drafts.create({ ...HALF, message });
        const [row] = drafts.list(all).items;
        const { title } = message;
        expect(row).toMatchObject({
          id,
          title: typeof title === 'string' ? title.slice(0, 200) : '',
          audienceKind: null,
        });
      }),
      { numRuns: 30 },
    );
  });

  it('that was changed elsewhere is not overwritten', () => {
    const { drafts } = rig();
    const { id } = drafts.create(HALF);
    const theirs = { ...HALF, message: { title: 'Theirs' } };
    drafts.save({ ...theirs, id, revision: 1 });
    const mine = { ...HALF, message: { title: 'Mine' } };
    expect(codeOf(() => drafts.save({ ...mine, id, revision: 1 }))).toBe('CONFLICT draft-changed');
    expect(drafts.get({ id })).toMatchObject({ ...theirs, revision: 2 });
  });

  it('takes a save twice whose answer was lost', () => {
    const { drafts } = rig();
    const { id } = drafts.create(HALF);
    const next = {
      id,
      revision: 1,
      message: { title: 'Next', none: undefined },
      audience: null,
      choices: {},
    };
    const saved = drafts.save(next);
    expect(drafts.save(next)).toEqual(saved);
  });

  it('is sent under one id until something in it changes', () => {
    const { drafts, open, clock } = rig();
    const { id, requestId } = drafts.create(HALF);
    expect(z.uuid().safeParse(requestId).success).toBe(true);
    clock.advance(1000);
    expect(drafts.save({ ...HALF, id, revision: 1 })).toMatchObject({ requestId, revision: 1 });
    expect(open().get({ id }).requestId).toBe(requestId);
    const ids = new Set([requestId]);
    const changes: DraftContent[] = [
      { ...HALF, message: { title: 'Other' } },
      { ...HALF, audience: { kind: 'everyone' } },
      { ...HALF, choices: { schedule: 1 } },
    ];
    for (const [index, change] of changes.entries())
      ids.add(drafts.save({ ...change, id, revision: index + 1 }).requestId);
    expect(ids.size).toBe(4);
  });

  it('that was sent leaves the list, and a window that still has it open is told', () => {
    const { drafts, published } = rig();
    const { id, requestId } = drafts.create(HALF);
    const other = drafts.create(HALF);
    published.length = 0;
    drafts.sent('of no draft');
    expect(published).toEqual([]);
    drafts.sent(requestId);
    expect(published).toEqual(['drafts']);
    expect(drafts.list(all).items.map((row) => row.id)).toEqual([other.id]);
    expect(codeOf(() => drafts.get({ id }))).toBe('NOT_FOUND draft-sent');
    expect(codeOf(() => drafts.save({ ...HALF, id, revision: 1, choices: { a: 1 } }))).toBe(
      'NOT_FOUND draft-sent',
    );
    expect(codeOf(() => drafts.restore({ id }))).toBe('NOT_FOUND draft-sent');
  });

  it('whose campaign was stored just before the engine ended leaves the list at the next start', () => {
    const { drafts, open, db } = rig();
    const { id, requestId } = drafts.create(HALF);
    const { id: other } = drafts.create(HALF);
    db.write<{ requestId: string }>(
      `INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
       VALUES (@requestId, 'campaign', 'finished', '{}', '{}', 2, '{"kind":"everyone"}', 1, 1)`,
    ).run({ requestId });
    const again = open();
    again.recover();
    expect(codeOf(() => again.get({ id }))).toBe('NOT_FOUND draft-sent');
    expect(again.list(all).items.map((row) => row.id)).toEqual([other]);
  });

  it('that was deleted comes back for a day', () => {
    const { drafts, clock } = rig();
    const { id, requestId } = drafts.create(HALF);
    expect(drafts.remove({ id })).toEqual({ removed: true });
    expect(drafts.remove({ id })).toEqual({ removed: false });
    expect(codeOf(() => drafts.get({ id }))).toBe('NOT_FOUND draft-deleted');
    clock.advance(86_000_000);
    drafts.tidy();
    expect(drafts.restore({ id })).toMatchObject({ ...HALF, requestId });
    drafts.remove({ id });
    clock.advance(86_400_001);
    drafts.tidy();
    expect(codeOf(() => drafts.restore({ id }))).toBe('NOT_FOUND draft-unknown');
  });

  it('is refused where it is larger than any message', () => {
    const { drafts } = rig();
    expect(codeOf(() => drafts.create({ ...HALF, choices: { x: 'x'.repeat(200_000) } }))).toBe(
      'BAD_INPUT message-too-large',
    );
    expect(drafts.list(all).items).toEqual([]);
  });
});
