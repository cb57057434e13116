import type { z } from 'zod';
import { audienceSchema } from '../../../contract/campaign-audience.ts';
import {
  draftSummarySchema,
  type Draft,
  type DraftContent,
  type DraftSummary,
} from '../../../contract/drafts.ts';
import type { DraftId } from '../../../contract/ids.ts';
import type { WritableDb } from '../../store/database.ts';
import { soundCount, soundInstant, soundJson } from '../../store/sound.ts';
import { soundFields } from './sound-fields.ts';

export type LeftAs = 'sent' | 'deleted';

export interface StoredDraft extends Draft {
  /** `null`: it is in the list. */
  readonly leftAs: LeftAs | null;
}

/** Where the last page ended. */
export interface Place {
  readonly updatedAt: number;
  readonly id: number;
}

export interface DraftStore {
  /** Those in the list, most recently changed first. */
  list(after: Place | null, limit: number): DraftSummary[];
  get(id: DraftId): StoredDraft | null;
  add(content: DraftContent, requestId: string, now: number): DraftId;
  /** Replaces everything in it, as the next revision. */
  update(id: DraftId, content: DraftContent, requestId: string, now: number): void;
  /** `false`: it is not in the list. */
  leave(id: DraftId, as: LeftAs, now: number): boolean;
  /** Takes the one that was sent under this id off the list. `false`: there is none. */
  leaveSent(requestId: string, now: number): boolean;
  /** Those that were sent, but whose engine ended before it took them off the list. */
  leaveAllSent(now: number): void;
  putBack(id: DraftId): boolean;
  /** Deletes for good those that left before then (ms since 1970). */
  drop(before: number): void;
}

interface Raw {
  id: DraftId;
  message: string;
  audience: string;
  choices: string;
  revision: number;
  requestId: string;
  updatedAt: number;
  leftAs: string | null;
}

interface RawSummary {
  id: DraftId;
  title: string | null;
  body: string | null;
  audienceKind: string | null;
  updatedAt: number;
}

interface Written {
  message: string;
  audience: string;
  choices: string;
  requestId: string;
  now: number;
}

/** A text from the message, at the length that a list shows. */
const textSql = (name: string) =>
  `iif(json_valid(message), iif(json_type(message, '$.${name}') = 'text', substr(message ->> '$.${name}', 1, 200), ''), '')`;

export function createDraftStore(db: WritableDb): DraftStore {
  const page = db.read<Place & { limit: number }, RawSummary>(
    `SELECT id, ${textSql('title')} AS title, ${textSql('body')} AS body,
       iif(json_valid(audience), audience ->> '$.kind', NULL) AS audienceKind, updated_at AS updatedAt
     FROM drafts WHERE left_as IS NULL AND (updated_at, id) < (@updatedAt, @id)
     ORDER BY updated_at DESC, id DESC LIMIT @limit`,
  );
  const one = db.read<{ id: number }, Raw>(
    `SELECT id, message, audience, choices, revision, request_id AS requestId, updated_at AS updatedAt, left_as AS leftAs
     FROM drafts WHERE id = @id`,
  );
  const insert = db.write<Written>(
    `INSERT INTO drafts (message, audience, choices, revision, request_id, updated_at)
     VALUES (@message, @audience, @choices, 1, @requestId, @now)`,
  );
  const change = db.write<Written & { id: number; revision: number }>(
    `UPDATE drafts SET message = @message, audience = @audience, choices = @choices, revision = @revision,
       request_id = @requestId, updated_at = @now WHERE id = @id`,
  );
  const setLeft = db.write<{ id: number; as: LeftAs; now: number }>(
    'UPDATE drafts SET left_as = @as, left_at = @now WHERE id = @id AND left_as IS NULL',
  );
  const setSent = db.write<{ requestId: string; now: number }>(
    `UPDATE drafts SET left_as = 'sent', left_at = @now WHERE request_id = @requestId AND left_as IS NULL`,
  );
  const setAllSent = db.write<{ now: number }>(
    `UPDATE drafts SET left_as = 'sent', left_at = @now
     WHERE left_as IS NULL AND EXISTS (SELECT 1 FROM campaigns c WHERE c.request_id = drafts.request_id)`,
  );
  const setBack = db.write<{ id: number }>(
    `UPDATE drafts SET left_as = NULL, left_at = NULL WHERE id = @id AND left_as = 'deleted'`,
  );
  const dropLeft = db.write<{ before: number }>(
    'DELETE FROM drafts WHERE left_as IS NOT NULL AND left_at < @before',
  );
  const written = (content: DraftContent, requestId: string, now: number): Written => ({
    message: JSON.stringify(content.message),
    audience: JSON.stringify(content.audience),
    choices: JSON.stringify(content.choices),
    requestId,
    now,
  });
  return {
    list: (after, limit) =>
      page.all({ ...(after ?? FIRST), limit }).map(({ id, title, body, audienceKind, updatedAt }) => ({
        id,
        title: title ?? '',
        body: body ?? '',
        audienceKind: kindOf(audienceKind),
        updatedAt: soundInstant(updatedAt),
      })),
    get(id) {
      const raw = one.get({ id });
      return raw === undefined ? null : toDraft(raw);
    },
    add: (content, requestId, now) => insert.run(written(content, requestId, now)).lastId as DraftId,
    update(id, content, requestId, now) {
      const revision = soundCount(one.get({ id })?.revision ?? 0) + 1;
      change.run({ ...written(content, requestId, now), id, revision });
    },
    leave: (id, as, now) => setLeft.run({ id, as, now }).changes === 1,
    leaveSent: (requestId, now) => setSent.run({ requestId, now }).changes > 0,
    leaveAllSent(now) {
      setAllSent.run({ now });
    },
    putBack: (id) => setBack.run({ id }).changes === 1,
    drop(before) {
      dropLeft.run({ before });
    },
  };
}

const FIRST: Place = { updatedAt: Number.MAX_SAFE_INTEGER, id: 0 };

const kindOf = (text: string | null): z.output<typeof draftSummarySchema>['audienceKind'] =>
  draftSummarySchema.shape.audienceKind.safeParse(text).data ?? null;

/** Whatever is damaged is as in an empty draft, with nobody chosen. */
function toDraft(raw: Raw): StoredDraft {
  return {
    id: raw.id,
    message: soundFields(raw.message),
    audience: soundJson(audienceSchema.nullable(), raw.audience),
    choices: soundFields(raw.choices),
    revision: soundCount(raw.revision),
    requestId: raw.requestId,
    updatedAt: soundInstant(raw.updatedAt),
    leftAs: raw.leftAs === null ? null : raw.leftAs === 'sent' ? 'sent' : 'deleted',
  };
}
