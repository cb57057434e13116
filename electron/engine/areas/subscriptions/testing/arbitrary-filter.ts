import fc from 'fast-check';
import { deliveryStateSchema } from '../../../../contract/deliveries.ts';
import { subscriptionStateSchema } from '../../../../contract/subscriptions.ts';

export const TAGS = ['News', 'vip', 'Ünter', 'a,b'];
export const NAMES = ['plan', 'city', 'language'];
export const VALUES = ['pro', 'free', 'Oslo "x"', '100%', 'rare'];

const tags = fc.subarray([...TAGS, 'NEWS', 'nobody'], { maxLength: 3 });
const values = fc.subarray([...VALUES, 'none'], { minLength: 1, maxLength: 2 });
const name = fc.constantFrom(...NAMES, 'unset');
/** The last one does not exist. */
const campaign = fc.constantFrom(null, null, null, null, 1, 2, 3);

/** Parts of a filter over rows that have these tags and attributes; mostly only a few parts, so that it finds something. */
export const arbitraryFilter = fc.record(
  {
    search: fc.constantFrom('', 'push', 'NEWS', 'person 1', 'x"', '0%', 'u1', 'ünter', 'zzz', 'googleapis'),
    states: fc.subarray(subscriptionStateSchema.options.slice()),
    pushServices: fc.subarray(['fcm' as const, 'other' as const]),
    inBin: fc.boolean(),
    tagsAnyOf: tags,
    tagsAllOf: tags,
    tagsNoneOf: tags,
    attributes: fc.array(
      fc.oneof(
        fc.record({ name, anyOf: values }),
        fc.record({ name, noneOf: values }),
        fc.record({ name, isSet: fc.boolean() }),
      ),
      { maxLength: 2 },
    ),
    addedFrom: fc.constantFrom(null, 100, 140),
    addedBefore: fc.constantFrom(null, 120, 180),
    lastResults: fc.subarray(deliveryStateSchema.options.slice()),
    neverReached: fc.constantFrom(null, true, false),
    shownWithinDays: fc.constantFrom(null, null, null, 1, 7, 3650),
    clickedWithinDays: fc.constantFrom(null, null, null, 2, 30),
    neverShown: fc.constantFrom(null, null, null, true, false),
    canReport: fc.constantFrom(null, null, null, true, false),
    shownInCampaign: campaign,
    notShownInCampaign: campaign,
    clickedInCampaign: campaign,
    notClickedInCampaign: campaign,
    externalIds: fc.subarray(['u1', 'u2', 'u9']),
  },
  { requiredKeys: [] },
);
