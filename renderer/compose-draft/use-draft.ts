import { useQuery, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useApi } from '../api/ApiProvider.tsx';
import { problemOf } from '../api/problem-of.ts';
import { whenBack } from '../api/when-back.ts';
import type { Draft, DraftContent } from '../../electron/contract/drafts.ts';
import type { DraftId } from '../../electron/contract/ids.ts';
import { compositionOf, isBlank } from './composition.ts';
import { CONFLICTS, createDraftSession, EMPTY_DRAFT, type DraftSession } from './draft-session.ts';

/** The drafts that this window has at hand, of which one is open in Compose. */
interface Desk {
  session: () => DraftSession | null;
  /** Another one takes its place in Compose; what is not kept yet of this one still will be. */
  open: (draft: Draft | DraftContent | null) => DraftSession;
  openById: (id: DraftId) => Promise<DraftSession>;
  /** The open one, or else the one that was changed last. */
  openAny: () => Promise<DraftSession>;
  /** Nothing is open any more: it was sent or deleted. */
  close: () => void;
  /** How often one was closed: another one is opened then, where Compose is shown. */
  closed: () => number;
  listen: (listener: () => void) => () => void;
}

/** One for each window, so that what could not be kept yet outlives the screen. */
const desks = new WeakMap<QueryClient, Desk>();

function createDesk({ queries: { drafts }, queryClient, ...api }: ReturnType<typeof useApi>): Desk {
  const listeners = new Set<() => void>();
  const sessions = new Set<DraftSession>();
  let current: DraftSession | null = null;
  let closed = 0;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const remember = (draft: Draft) => {
    queryClient.setQueryData(drafts.get.queryKey({ input: { id: draft.id } }), draft);
    return draft;
  };
  const turnTo = (session: DraftSession) => {
    if (current !== session) {
      current?.flush().catch(() => undefined);
      for (const one of sessions) if (one.view().state === 'kept' && one !== current) sessions.delete(one);
      current = session;
      sessions.add(session);
      tell();
    }
    return session;
  };
  const open: Desk['open'] = (draft) =>
    turnTo(
      createDraftSession(draft, {
        create: async (content) => remember(await drafts.create.call(content)),
        save: async (content) => remember(await drafts.save.call(content)),
        get: (id) => drafts.get.call({ id }),
        problemOf,
        whenBack: (run) => whenBack(api, run),
        onChange: tell,
      }),
    );
  const openById: Desk['openById'] = async (id) => {
    const known = [current, ...sessions].find((one) => one?.view().id === id);
    if (known) return turnTo(known);
    return open(await drafts.get.call({ id }));
  };
  return {
    session: () => current,
    open,
    openById,
    async openAny() {
      if (current !== null) return current;
      const { items } = await drafts.list.call({ limit: 1 });
      return items[0] === undefined ? open(null) : openById(items[0].id);
    },
    close() {
      if (current !== null) sessions.delete(current);
      current = null;
      closed += 1;
      tell();
    },
    closed: () => closed,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function useDesk(): Desk {
  const api = useApi();
  const known = desks.get(api.queryClient);
  if (known) return known;
  const desk = createDesk(api);
  desks.set(api.queryClient, desk);
  return desk;
}

/**
 * The draft that Compose shows, opened when the screen is.
 * @param asked its id; `new`: an empty one; `null`: the one that was open, or the one that was changed last
 */
export function useOpenDraft(asked: DraftId | 'new' | null) {
  const desk = useDesk();
  const { drafts } = useApi().queries;
  const session = useSyncExternalStore(desk.listen, desk.session);
  const open = useSyncExternalStore(desk.listen, () => desk.session()?.view() ?? null);
  const closed = useSyncExternalStore(desk.listen, desk.closed);
  const opening = useQuery({
    queryKey: ['the open draft', asked, closed],
    async queryFn() {
      if (asked === 'new') {
        const { fields } = compositionOf((await desk.openAny()).content());
        // If nothing is written in the open draft yet, it serves as the new one, for the recipients that were chosen already.
        if (!isBlank(fields)) desk.open(null);
      } else await (asked === null ? desk.openAny() : desk.openById(asked));
      return asked;
    },
    // Asked anew each time the screen is opened.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  });
  const kept = useQuery({
    ...drafts.get.queryOptions({ input: { id: open?.id ?? (0 as DraftId) } }),
    enabled: open !== null && open.id !== null,
    staleTime: 60_000,
    retry: false,
  });
  useEffect(() => {
    if (kept.data) session?.meet(kept.data);
    const problem = kept.error && problemOf(kept.error);
    if (problem && CONFLICTS.has(problem.code)) session?.lose(problem);
  }, [kept.data, kept.error, session]);
  useEffect(() => {
    const keep = () => {
      desk
        .session()
        ?.flush()
        .catch(() => undefined);
    };
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [desk]);
  return { opening, session, open };
}

/** Opens drafts in Compose from elsewhere, beside those that are there: nothing takes the place of another. */
export function useDrafts() {
  const desk = useDesk();
  const { drafts } = useApi().queries;
  return {
    /** Kept at once. @throws what the engine says where it cannot be; what was open stays open */
    begin: async (content: Partial<DraftContent>) => {
      desk.open(await drafts.create.call({ ...EMPTY_DRAFT, ...content }));
    },
    /** An empty one, which is not kept until something is written. */
    beginEmpty: () => {
      desk.open(null);
    },
    /** The open one was sent: it leaves Compose and the list. */
    finish: () => {
      const id = desk.session()?.view().id ?? null;
      desk.close();
      // Sent under its own id, it has left already; a change of a scheduled campaign has none.
      if (id !== null) drafts.remove.call({ id }).catch(() => undefined);
    },
    /** What is in the open one. @throws what the engine says where it cannot be read */
    current: async (): Promise<DraftContent> => (await desk.openAny()).content(),
    /** Changes whom the open one is for, and returns whom it was for. @throws what the engine says; then nothing has changed */
    fill: async (change: Partial<DraftContent>): Promise<DraftContent> => {
      const session = await desk.openAny();
      const before = session.content();
      await session.fill(change);
      return before;
    },
  };
}

/** The draft that is open in this window, for what sends it; `null`: none is. */
export function useOpenSession(): () => DraftSession | null {
  return useDesk().session;
}
