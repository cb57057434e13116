import { campaignStateSchema } from '../../../contract/campaigns.ts';
import { publicKeySchema } from '../../../contract/common.ts';
import { accessTokenIdSchema } from '../../../contract/ids.ts';
import { keptMessageSchema } from '../../../contract/message.ts';
import { subscriptionFilterSchema, subscriptionStateSchema } from '../../../contract/subscriptions.ts';
import { readKeptSettings } from '../../../contract/kept-settings.ts';
import { readKeptFormats } from '../../../core/message/formats/kept.ts';
import type { ReadableDb } from '../../store/database.ts';
import { isInstant, parsed, soundJson } from '../../store/sound.ts';

/** Rows that hold what Pushdesk never writes: a disk went bad, or somebody edited the file. [Note: damaged rows] */
export interface DamageStore {
  /** Names of those that are left out of the list. */
  segments(): string[];
  /** Those whose message is not shown, and those that send nothing because nobody can tell how far they have got. */
  campaigns(): { unreadable: number; stopped: number };
  /** Names of payload formats that are left out of the list; `null` for one without a name. */
  payloadFormats(): (string | null)[];
  /** Names of settings that are partly or wholly ignored. */
  settings(): readonly string[];
  keyPairs(): number;
  /** Those that no longer let anybody in. */
  accessTokens(): number;
  /** The highest id of a subscription. */
  lastSubscription(): number;
  /** Of those from `from` up to but not including `to`: those in an unknown state, and those that lost their tags or attributes. */
  subscriptions(from: number, to: number): { stateless: number; bare: number };
}

const oneOf = ({ options }: { readonly options: readonly string[] }) => `('${options.join("', '")}')`;

/** True for a text that should be JSON of this kind and is not. */
const isNo = (kind: 'array' | 'object', column: string) =>
  `NOT iif(json_valid(${column}), json_type(${column}) = '${kind}', 0)`;

export function createDamageStore(db: ReadableDb): DamageStore {
  const segments = db.read<object, { name: string; filter: string }>(
    'SELECT name, filter FROM segments ORDER BY key',
  );
  const messages = db.readColumn<object, string>('SELECT message FROM campaigns');
  const stopped = db.read<object, { count: number }>(
    `SELECT count(*) AS count FROM campaigns WHERE state NOT IN ${oneOf(campaignStateSchema)}`,
  );
  const kept = db.readColumn<{ name: string }, string>('SELECT value FROM settings WHERE name = @name');
  const keys = db.readColumn<object, string>('SELECT public_key FROM key_pairs');
  const tokens = db.read<object, { id: number; expires_at: number | null }>(
    'SELECT id, expires_at FROM access_tokens',
  );
  const last = db.read<object, { id: number | null }>('SELECT max(id) AS id FROM subscriptions');
  const stateless = db.read<{ from: number; to: number }, { count: number }>(
    `SELECT count(*) AS count FROM subscriptions
     WHERE id >= @from AND id < @to AND state NOT IN ${oneOf(subscriptionStateSchema)}`,
  );
  const bare = db.read<{ from: number; to: number }, { count: number }>(
    `SELECT count(*) AS count FROM people
     WHERE id >= @from AND id < @to AND (${isNo('array', 'tags')} OR ${isNo('object', 'attributes')})`,
  );
  return {
    segments: () =>
      segments
        .all({})
        .filter(({ filter }) => soundJson(subscriptionFilterSchema, filter) === null)
        .map(({ name }) => name),
    campaigns: () => ({
      unreadable: messages.all({}).filter((text) => soundJson(keptMessageSchema, text) === null).length,
      stopped: stopped.get({})?.count ?? 0,
    }),
    payloadFormats: () =>
      kept
        .all({ name: 'own-formats' })
        .flatMap((text) => readKeptFormats(parsed(text)).damaged.map(({ name }) => name)),
    settings: () => kept.all({ name: 'app' }).flatMap((text) => readKeptSettings(parsed(text)).damaged),
    keyPairs: () => keys.all({}).filter((key) => !publicKeySchema.safeParse(key).success).length,
    accessTokens: () =>
      tokens
        .all({})
        .filter(
          ({ id, expires_at: end }) =>
            !accessTokenIdSchema.safeParse(id).success || (end !== null && !isInstant(end)),
        ).length,
    lastSubscription: () => last.get({})?.id ?? 0,
    subscriptions: (from, to) => ({
      stateless: stateless.get({ from, to })?.count ?? 0,
      bare: bare.get({ from, to })?.count ?? 0,
    }),
  };
}
