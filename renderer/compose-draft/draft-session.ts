import { ToldProblem } from '../api/problem-of.ts';
import type { Draft, DraftContent } from '../../electron/contract/drafts.ts';
import type { DraftId } from '../../electron/contract/ids.ts';
import type { Problem } from '../../electron/contract/problem.ts';

/** What the window shows of the draft that is open. */
export interface OpenDraft {
  /** `null`: nothing of it is kept yet. */
  readonly id: DraftId | null;
  /** Goes up when all of it has to be shown anew. */
  readonly generation: number;
  readonly savedAt: number | null;
  /** `away`: it is kept once the engine is back. */
  readonly state: 'kept' | 'keeping' | 'away' | 'refused';
  /** Why it is not kept. */
  readonly problem: Problem | null;
}

export interface DraftSessionOptions {
  create: (content: DraftContent) => Promise<Draft>;
  save: (draft: DraftContent & { id: DraftId; revision: number }) => Promise<Draft>;
  get: (id: DraftId) => Promise<Draft>;
  problemOf: (error: unknown) => Problem;
  /** Runs something once when the engine is back; returns its undo. */
  whenBack: (run: () => void) => () => void;
  onChange: () => void;
  saveAfterMs?: number;
}

/** One draft from when it is opened until it is sent or another one takes its place. */
export interface DraftSession {
  /** Another one for each session. */
  readonly serial: number;
  view: () => OpenDraft;
  /** What is in Compose now; kept after a moment. Members that Compose does not know stay as they were. */
  change: (content: DraftContent) => void;
  /** Something other than Compose changes it; kept at once. @throws what the engine says; what is in Compose stays as it is */
  fill: (change: Partial<DraftContent>) => Promise<void>;
  /** What is in it, kept or not. */
  content: () => DraftContent;
  /** Waits until all of it is kept, and returns it; `null`: there is nothing of it yet. @throws Problem why it is not */
  flush: () => Promise<Draft | null>;
  /** What the engine has now: shown unless something newer is here. */
  meet: (draft: Draft) => void;
  /** It was sent or deleted elsewhere. */
  lose: (problem: Problem) => void;
  /** Keeps what is here as another draft. */
  keepAsOther: () => Promise<Draft | null>;
  /** Shows what the engine has in place of what is here. */
  takeTheirs: () => Promise<void>;
}

const AWAY: ReadonlySet<string> = new Set(['engine-away', 'line-lost', 'line-cut', 'line-cut-safe']);
const SAVE_AFTER_MS = 400;

export const EMPTY_DRAFT: DraftContent = { message: {}, audience: { kind: 'everyone' }, choices: {} };

const contentOf = ({ message, audience, choices }: DraftContent): DraftContent => ({
  message,
  audience,
  choices,
});
const isSame = (one: DraftContent, other: DraftContent) =>
  JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));

let sessions = 0;

/** @param opened `null`: an empty one, which is not kept until something is written */
export function createDraftSession(
  opened: Draft | DraftContent | null,
  options: DraftSessionOptions,
): DraftSession {
  let kept: Draft | null = opened !== null && 'id' in opened ? opened : null;
  let content: DraftContent = opened === null ? EMPTY_DRAFT : contentOf(opened);
  let isUnsaved = opened !== null && kept === null;
  /** Sent to the engine but not answered, so the engine may have it. */
  let unanswered: DraftContent | null = null;
  let problem: Problem | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let undoWait: () => void = () => undefined;
  let running: Promise<void> | null = null;
  let shown: OpenDraft;

  const stateNow = (): OpenDraft['state'] => {
    if (problem !== null) return AWAY.has(problem.code) ? 'away' : 'refused';
    return isUnsaved || running !== null ? 'keeping' : 'kept';
  };
  const tell = (change: Partial<OpenDraft> = {}) => {
    const next = { id: kept?.id ?? null, savedAt: kept?.updatedAt ?? null, state: stateNow(), problem };
    shown = { ...shown, ...next, ...change };
    options.onChange();
  };
  const show = () => {
    shown = { ...shown, generation: shown.generation + 1 };
    tell();
  };

  const put = async (wanted: DraftContent): Promise<Draft> => {
    if (kept === null) return options.create(wanted);
    try {
      return await options.save({ ...wanted, id: kept.id, revision: kept.revision });
    } catch (error) {
      if (options.problemOf(error).code !== 'draft-changed' || unanswered === null) throw error;
      // Perhaps it was this window that changed it, and only the answer was lost.
      const theirs = await options.get(kept.id);
      if (!isSame(theirs, unanswered)) throw error;
      kept = theirs;
      return options.save({ ...wanted, id: theirs.id, revision: theirs.revision });
    }
  };
  const work = async () => {
    while (isUnsaved) {
      isUnsaved = false;
      const wanted = content;
      try {
        kept = await put(wanted);
        unanswered = null;
        problem = null;
      } catch (error) {
        isUnsaved = true;
        problem = options.problemOf(error);
        if (!AWAY.has(problem.code)) return;
        unanswered = wanted;
        undoWait();
        undoWait = options.whenBack(() => void pump());
        return;
      }
    }
  };
  const pump = (): Promise<void> => {
    clearTimeout(timer);
    running ??= work().finally(() => {
      running = null;
      tell();
    });
    tell();
    return running;
  };
  const settle = async (): Promise<Problem | null> => {
    while (running !== null || (isUnsaved && !isStuck())) await pump();
    return problem;
  };
  /** Saving again would not help, or would overwrite. */
  const isStuck = () => problem !== null;

  shown = {
    id: kept?.id ?? null,
    generation: 0,
    savedAt: kept?.updatedAt ?? null,
    state: 'kept',
    problem: null,
  };
  if (isUnsaved) void pump();

  return {
    serial: (sessions += 1),
    view: () => shown,
    content: () => content,
    change(next) {
      const merged = {
        message: { ...content.message, ...next.message },
        audience: next.audience,
        choices: { ...content.choices, ...next.choices },
      };
      if (isSame(merged, content)) return;
      content = merged;
      isUnsaved = true;
      if (problem !== null && stateNow() === 'refused' && CONFLICTS.has(problem.code)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void pump(), options.saveAfterMs ?? SAVE_AFTER_MS);
      tell();
    },
    async fill(change) {
      const before = content;
      content = { ...content, ...change };
      isUnsaved = true;
      problem = null;
      const why = await settle();
      if (why === null || AWAY.has(why.code)) {
        show();
        return;
      }
      content = before;
      problem = null;
      isUnsaved = kept === null ? false : !isSame(kept, before);
      tell();
      throw new ToldProblem(why);
    },
    async flush() {
      // Another try, unless it would overwrite.
      if (problem !== null && !CONFLICTS.has(problem.code)) problem = null;
      const why = await settle();
      if (why !== null) throw new ToldProblem(why);
      return kept;
    },
    meet(draft) {
      if (kept?.id !== draft.id || draft.revision <= kept.revision) return;
      if (isUnsaved || running !== null) return;
      kept = draft;
      if (isSame(draft, content)) return;
      content = contentOf(draft);
      show();
    },
    lose(why) {
      if (problem !== null) return;
      problem = why;
      tell();
    },
    async keepAsOther() {
      kept = null;
      problem = null;
      unanswered = null;
      isUnsaved = true;
      const why = await settle();
      if (why !== null) throw new ToldProblem(why);
      return kept;
    },
    async takeTheirs() {
      if (kept === null) return;
      kept = await options.get(kept.id);
      content = contentOf(kept);
      isUnsaved = false;
      problem = null;
      show();
    },
  };
}

/** What only the person can decide. */
export const CONFLICTS: ReadonlySet<string> = new Set([
  'draft-changed',
  'draft-sent',
  'draft-deleted',
  'draft-unknown',
]);
