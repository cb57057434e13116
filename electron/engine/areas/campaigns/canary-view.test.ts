import { expect, it } from 'vitest';
import { canaryRulesSchema, type Canary, type CanaryPart } from '../../../contract/canary.ts';
import { keyPairIdSchema } from '../../../contract/ids.ts';
import type { CampaignPace } from '../../dispatch/campaign-pace.ts';
import { toCanaryProgress } from './canary-view.ts';

const NOW = Date.UTC(2026, 0, 15, 21);
const UNTIL = NOW + 60_000;
const CANARY: Canary = {
  state: 'sending',
  recipients: 20,
  rules: canaryRulesSchema.parse({}),
  verdict: null,
  decidedBy: null,
  decidedAt: null,
};
const PACE: CampaignPace = {
  perSecond: null,
  steadyPerSecond: null,
  byService: new Map(),
  wait: { reason: 'retry', until: UNTIL },
};

function waitOf({ retrying, waiting }: Pick<CanaryPart, 'retrying' | 'waiting'>, open = retrying + waiting) {
  const ends = { accepted: 20 - open, failed: 0, gone: 0, unknown: 0, cancelled: 0 };
  const part: CanaryPart = {
    ...ends,
    pushService: 'fcm',
    keyPairId: keyPairIdSchema.parse(1),
    total: 20,
    retrying,
    waiting,
    open,
  };
  const facts = { parts: [part], refusals: [], receipts: () => null };
  return toCanaryProgress(CANARY, facts, PACE, NOW).waitsFor;
}

it('a canary waits for a try, for its recipients’ hours, or for both, where nothing else of it is open', () => {
  expect(waitOf({ retrying: 2, waiting: 0 })).toEqual({ what: 'retry', until: UNTIL });
  expect(waitOf({ retrying: 0, waiting: 15 })).toEqual({ what: 'hours', until: UNTIL });
  expect(waitOf({ retrying: 1, waiting: 15 })).toEqual({ what: 'retry-or-hours', until: UNTIL });
  expect(waitOf({ retrying: 1, waiting: 15 }, 17)).toEqual({ what: 'answers', until: null });
});
