import type { Draft, DraftContent } from '../../electron/contract/drafts.ts';
import { draftIdSchema } from '../../electron/contract/ids.ts';

export const REQUEST_ID = '7d1f0c1a-0000-4000-8000-';

/** Answers about drafts, as given by an engine that has one or none: what is kept is what is read afterwards. */
export function draftAnswers(first: Partial<DraftContent> | null) {
  let ids = 0;
  const kept = new Map<number, Draft>();
  const put = (content: Partial<DraftContent>, id: number, revision: number) => {
    const draft: Draft = {
      message: content.message ?? {},
      audience: content.audience === undefined ? { kind: 'everyone' } : content.audience,
      choices: content.choices ?? {},
      id: draftIdSchema.parse(id),
      revision,
      updatedAt: new Date(2026, 10, 29, 9, 2).getTime() + revision,
      requestId: `${REQUEST_ID}${String(id * 1000 + revision).padStart(12, '0')}`,
    };
    kept.set(id, draft);
    return draft;
  };
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  if (first !== null) put(first, (ids += 1), 1);
  return {
    list: () => ({
      items: [...kept.values()].reverse().map(({ id, message, audience, updatedAt }) => ({
        id,
        title: text(message['title']),
        body: text(message['body']),
        audienceKind: audience?.kind ?? null,
        updatedAt,
      })),
      nextCursor: null,
    }),
    get: ({ id }: { id: number }) => {
      const draft = kept.get(id);
      if (draft === undefined) throw new Error(`There is no draft ${id}`);
      return draft;
    },
    create: (content: object) => put(content, (ids += 1), 1),
    save: ({ id, revision, ...content }: { id: number; revision: number }) => put(content, id, revision + 1),
    remove: ({ id }: { id: number }) => ({ removed: kept.delete(id) }),
  };
}
