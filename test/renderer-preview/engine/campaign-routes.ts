import { keyPairIdSchema } from '../../../electron/contract/ids.ts';
import { implement } from '@orpc/server';
import type { Campaign, CampaignState, Draft } from '../../../electron/contract/campaigns.ts';
import { campaignIdSchema } from '../../../electron/contract/ids.ts';
import { contract } from '../../../electron/contract/procedures.ts';
import type { DeliveryState } from '../../../electron/contract/subscriptions.ts';
import {
  buildPayload,
  encodePayload,
  ENCRYPTION_BYTES,
  PAYLOAD_LIMIT_BYTES,
} from '../../../electron/core/message/payload.ts';
import { judgeMessage } from '../../../electron/core/campaign/preflight.ts';
import { bodyLimitOf, fitToService } from '../../../electron/core/push-services/service-limits.ts';
import type { Changes } from './changes.ts';
import { refuse } from './refuse.ts';
import { sampleAttempts, sampleCampaigns, sampleDelivery, sampleDetail } from './sample-campaigns.ts';
import { publicKeyOf } from './samples.ts';
import type { Scenario } from './scenario.ts';

const os = implement(contract);
const ORDER: DeliveryState[] = [
  'failed',
  'unknown',
  'gone',
  'retrying',
  'sending',
  'queued',
  'accepted',
  'cancelled',
];

const PARTS = [
  {
    pushService: 'fcm' as const,
    keyPairId: keyPairIdSchema.parse(1),
    keyPairName: 'Main',
    subject: 'mailto:news@bakerstreet.example',
    count: 802,
  },
  {
    pushService: 'mozilla' as const,
    keyPairId: keyPairIdSchema.parse(1),
    keyPairName: 'Main',
    subject: 'mailto:news@bakerstreet.example',
    count: 281,
  },
  {
    pushService: 'apple' as const,
    keyPairId: keyPairIdSchema.parse(2),
    keyPairName: 'Shop',
    subject: 'https://shop.bakerstreet.example/contact',
    count: 121,
  },
];

export function createCampaignRoutes(scenario: Scenario, changes: Changes) {
  let campaigns = scenario === 'empty' ? [] : sampleCampaigns();
  let draft: Draft | null = null;

  const find = (id: number) =>
    campaigns.find((one) => one.id === id) ??
    refuse('NOT_FOUND', {
      code: 'campaign-gone',
      cause: 'There is no such campaign.',
      cure: 'Look for it in the list of campaigns.',
    });
  const put = (next: Campaign) => {
    campaigns = campaigns.map((one) => (one.id === next.id ? next : one));
    changes.publish('campaigns', 'deliveries');
    return next;
  };
  const turn = (id: number, state: CampaignState) => put({ ...find(id), state });

  const step = () => {
    for (const one of campaigns.filter(({ state }) => state === 'running')) {
      const moved = Math.min(one.counts.queued, 1 + Math.floor(one.recipients / 300));
      const counts = {
        ...one.counts,
        queued: one.counts.queued - moved,
        accepted: one.counts.accepted + moved,
      };
      const isOver = counts.queued === 0;
      if (isOver) counts.accepted += counts.sending + counts.retrying;
      put({
        ...one,
        counts: isOver ? { ...counts, sending: 0, retrying: 0 } : counts,
        state: isOver ? 'finished' : 'running',
        finishedAt: isOver ? Date.now() : null,
      });
    }
  };
  if (scenario !== 'failing') setInterval(step, 200);

  return {
    preflight: os.campaigns.preflight.handler(({ input }) => {
      const { bytes } = encodePayload(buildPayload(input.message, crypto.randomUUID()));
      const recipients =
        scenario === 'empty' ? 0 : input.audience.kind === 'chosen' ? input.audience.ids.length : 1204;
      const judged = judgeMessage(input.message, bytes, ['fcm', 'mozilla', 'apple']);
      const parts = recipients < 1204 ? [] : PARTS;
      return {
        payloadBytes: bytes,
        payloadLimit: PAYLOAD_LIMIT_BYTES,
        recipients,
        services: parts.map(({ pushService, count }) => ({
          pushService,
          count,
          bodyBytes: bytes + ENCRYPTION_BYTES,
          bodyLimit: bodyLimitOf(pushService),
          ...fitToService(input.message, pushService),
        })),
        byPart: parts,
        timeNeededMs: recipients > 0 ? recipients * 2 : null,
        excluded:
          scenario === 'empty'
            ? []
            : [
                {
                  reason: 'gone' as const,
                  count: 130,
                  cause: 'The push service said that this subscription no longer exists.',
                  cure: 'The person has to subscribe again in that browser.',
                },
                {
                  reason: 'key-not-held' as const,
                  count: 54,
                  cause:
                    'It was made with a key pair whose private key is not on this computer or cannot be unlocked.',
                  cure: 'Unlock or import that key pair on Keys, or have the browser subscribe again.',
                },
              ],
        blockers: [
          ...judged.blockers,
          ...(scenario === 'empty'
            ? [
                {
                  code: 'no-key-pair',
                  cause: 'There is no key pair to sign with.',
                  cure: 'Generate or import one on Keys.',
                },
                {
                  code: 'no-recipients',
                  cause: 'Nobody has subscribed yet.',
                  cure: 'Open the subscribe page in a browser, or import subscriptions.',
                },
              ]
            : []),
        ],
        warnings: judged.warnings,
      };
    }),
    loadPicture: os.campaigns.loadPicture.handler(() => ({
      type: 'image/png' as const,
      base64:
        'iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAYAAABbNsX4AAAAAXNSR0IArs4c6QAAABNJREFUGFdj/M/A8J8BDTASLQgA7NAF/qfdB+UAAAAASUVORK5CYII=',
    })),
    checkPictures: os.campaigns.checkPictures.handler(({ input }) => ({
      reachable: input.iconUrl === '' ? [] : ['iconUrl' as const],
      warnings:
        input.imageUrl === ''
          ? []
          : [
              {
                code: 'picture-not-found',
                cause: 'The image cannot be loaded: bakerstreet.example answers 404.',
                cure: 'Check the address. The message can still be sent without the picture.',
                field: 'imageUrl',
              },
            ],
      isOffline: input.badgeUrl !== '',
    })),
    start: os.campaigns.start.handler(({ input }) => {
      const recipients = input.audience.kind === 'chosen' ? input.audience.ids.length : 1204;
      const base = sampleCampaigns()[0] ?? refuse('UNAVAILABLE', { code: 'none', cause: '', cure: '' });
      const next: Campaign = {
        ...base,
        id: campaignIdSchema.parse(Math.max(0, ...campaigns.map(({ id }) => id)) + 1),
        message: input.message,
        createdAt: Date.now(),
        recipients,
        counts: {
          ...base.counts,
          accepted: 0,
          failed: 0,
          gone: 0,
          retrying: 0,
          sending: 0,
          queued: recipients,
        },
      };
      campaigns = [next, ...campaigns];
      changes.publish('campaigns', 'deliveries');
      return next;
    }),
    list: os.campaigns.list.handler(() => ({ items: campaigns, nextCursor: null })),
    get: os.campaigns.get.handler(({ input }) => sampleDetail(find(input.id))),
    pause: os.campaigns.pause.handler(({ input }) => turn(input.id, 'paused')),
    resume: os.campaigns.resume.handler(({ input }) => turn(input.id, 'running')),
    cancel: os.campaigns.cancel.handler(({ input }) => {
      const { counts, ...one } = find(input.id);
      return put({
        ...one,
        state: 'cancelled',
        counts: { ...counts, cancelled: counts.cancelled + counts.queued, queued: 0 },
      });
    }),
    resumePart: os.campaigns.resumePart.handler(({ input }) => turn(input.id, 'running')),
    sendAgain: os.campaigns.sendAgain.handler(({ input }) => {
      const { counts, ...one } = find(input.id);
      const moved = counts[input.state];
      return put({
        ...one,
        state: 'running',
        counts: { ...counts, [input.state]: 0, queued: counts.queued + moved },
      });
    }),
    deliveries: os.campaigns.deliveries.handler(({ input }) => {
      const one = find(input.campaignId);
      const states =
        input.states.length === 0 ? ORDER : ORDER.filter((state) => input.states.includes(state));
      const items = states.flatMap((state) =>
        Array.from({ length: Math.min(25, one.counts[state]) }, (_, index) =>
          sampleDelivery(one, state, index + ORDER.indexOf(state) * 100),
        ),
      );
      const wanted = items.filter((item) => input.mayHaveArrivedTwice !== true || item.mayHaveArrivedTwice);
      return { items: wanted, nextCursor: null };
    }),
    delivery: os.campaigns.delivery.handler(({ input }) => {
      const state = ORDER[Math.floor((input.id - 1) / 100)] ?? 'accepted';
      const one = campaigns[0] ?? refuse('NOT_FOUND', { code: 'none', cause: '', cure: '' });
      const delivery = sampleDelivery(one, state, input.id - 1);
      return { ...delivery, publicKey: publicKeyOf(1), attempts: sampleAttempts(delivery) };
    }),
    draft: os.campaigns.draft.handler(() => draft),
    saveDraft: os.campaigns.saveDraft.handler(({ input }) => {
      draft = input;
      return input;
    }),
  };
}
