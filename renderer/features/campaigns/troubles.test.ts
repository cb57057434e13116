import { describe, expect, it } from 'vitest';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { Diagnosis } from '../../../electron/contract/diagnosis.ts';
import { keyPairIdSchema } from '../../../electron/contract/ids.ts';
import { troublesOf } from './troubles.ts';

const diagnosis = (code: string): Diagnosis => ({ code, cause: code, cure: 'Nothing.', action: 'none' });
const NO_COUNTS = {
  queued: 0,
  sending: 0,
  accepted: 0,
  retrying: 0,
  failed: 0,
  gone: 0,
  cancelled: 0,
  waiting: 0,
  unknown: 0,
};

function troublesIn(given: Pick<CampaignDetail, 'state' | 'diagnoses'> & { waiting?: string }) {
  return troublesOf({
    state: given.state,
    diagnoses: given.diagnoses,
    parts: [
      {
        pushService: 'apple',
        keyPairId: keyPairIdSchema.parse(1),
        counts: NO_COUNTS,
        pausedBecause: given.waiting === undefined ? null : diagnosis(given.waiting),
      },
    ],
  });
}

describe('what went wrong in a campaign', () => {
  it('stands in the order of how many it struck', () => {
    const troubles = troublesIn({
      state: 'finished',
      diagnoses: [
        { pushService: 'fcm', diagnosis: diagnosis('few'), count: 2, failed: 0 },
        { pushService: 'wns', diagnosis: diagnosis('many'), count: 200, failed: 0 },
      ],
    });
    expect(troubles.map((trouble) => trouble.diagnosis.code)).toEqual(['many', 'few']);
  });

  it('names a part that waits first, and not a second time', () => {
    const troubles = troublesIn({
      state: 'running',
      waiting: 'token-refused',
      diagnoses: [
        { pushService: 'apple', diagnosis: diagnosis('token-refused'), count: 20, failed: 0 },
        { pushService: 'fcm', diagnosis: diagnosis('other'), count: 900, failed: 0 },
      ],
    });
    expect(troubles.map(({ pushService, count }) => [pushService, count])).toEqual([
      ['apple', 20],
      ['fcm', 900],
    ]);
    expect(troubles[0]?.waitingPart).toEqual({ pushService: 'apple', keyPairId: 1 });
  });

  it('leaves out parts that wait once the campaign is over', () => {
    const troubles = troublesIn({ state: 'cancelled', waiting: 'token-refused', diagnoses: [] });
    expect(troubles).toEqual([]);
  });

  it('does not call it a trouble that subscriptions end', () => {
    const troubles = troublesIn({
      state: 'finished',
      diagnoses: [{ pushService: 'fcm', diagnosis: diagnosis('subscription-gone'), count: 12, failed: 0 }],
    });
    expect(troubles).toEqual([]);
  });

  it.each(['interrupted', 'worker-lost'])('does not tell a second time what is unknown: %s', (code) => {
    const troubles = troublesIn({
      state: 'finished',
      diagnoses: [{ pushService: 'wns', diagnosis: diagnosis(code), count: 10, failed: 0 }],
    });
    expect(troubles).toEqual([]);
  });
});
