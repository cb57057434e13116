import { firstTables } from './0010-first-tables.ts';
import { subscriptionSums } from './0020-subscription-sums.ts';
import { campaignLanes } from './0030-campaign-lanes.ts';
import { searchBits } from './0040-search-bits.ts';
import { endpointKeys } from './0050-endpoint-keys.ts';
import { headerLists } from './0060-header-lists.ts';
import { repeatRisk } from './0070-repeat-risk.ts';
import { queueIndexes } from './0080-queue-indexes.ts';
import { keptAnswers } from './0100-kept-answers.ts';
import { keyCopies } from './0120-key-copies.ts';
import { noLease } from './0130-no-lease.ts';
import { endpointSpellings } from './0140-endpoint-spellings.ts';
import { people } from './0150-people.ts';
import { segments } from './0160-segments.ts';
import { acts } from './0170-acts.ts';
import { stateChanges } from './0180-state-changes.ts';
import { campaignMembers } from './0190-campaign-members.ts';
import { answerExamples } from './0200-answer-examples.ts';
import { listHistory } from './0210-list-history.ts';
import { receipts } from './0230-receipts.ts';
import { accessTokens } from './0240-access-tokens.ts';
import { moves } from './0250-moves.ts';
import { personalPayloads } from './0270-personal-payloads.ts';
import { drafts } from './0280-drafts.ts';
import { schedules } from './0290-schedules.ts';
import { canaries } from './0300-canaries.ts';
import { campaignList } from './0310-campaign-list.ts';
import { daysWithoutTests } from './0330-days-without-tests.ts';
import { handedBatches } from './0360-handed-batches.ts';
import { factsByStretch } from './0370-facts-by-stretch.ts';
import { retriesInOrder } from './0380-retries-in-order.ts';
import { datedLists } from './0390-dated-lists.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. A released one is never changed: a new one comes after it. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  subscriptionSums,
  campaignLanes,
  searchBits,
  endpointKeys,
  headerLists,
  repeatRisk,
  queueIndexes,
  keptAnswers,
  keyCopies,
  noLease,
  endpointSpellings,
  people,
  segments,
  acts,
  stateChanges,
  campaignMembers,
  answerExamples,
  listHistory,
  receipts,
  accessTokens,
  moves,
  personalPayloads,
  drafts,
  schedules,
  canaries,
  campaignList,
  daysWithoutTests,
  handedBatches,
  factsByStretch,
  retriesInOrder,
  datedLists,
];
