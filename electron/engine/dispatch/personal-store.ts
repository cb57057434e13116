import { z } from 'zod';
import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import { keptMessageSchema } from '../../contract/message.ts';
import type { Fixed, PersonalPlan } from '../../core/message/variables/personal.ts';
import type { WritableDb } from '../store/database.ts';
import { soundCount, soundJson } from '../store/sound.ts';

/** The data for the texts of campaigns with variables. */
export interface PersonalStore {
  addPlan(campaignId: CampaignId, plan: Omit<PersonalPlan, 'id'>): void;
  /** `null`: everyone gets the same payload; `damaged`: they do not, and nobody can tell what the plan was. */
  plan(campaignId: CampaignId): PersonalPlan | 'damaged' | null;
  addValues(rows: readonly { deliveryId: DeliveryId; fixed: Fixed }[]): void;
  /** Those that exist and can be read. */
  values(ids: readonly DeliveryId[]): Map<DeliveryId, Fixed>;
  addLeftOut(campaignId: CampaignId, count: number): void;
  /** Recipients who got nothing because a value was missing. */
  leftOut(campaignId: CampaignId): number;
}

const planSchema = z.object({
  message: keptMessageSchema,
  receipts: z.boolean(),
  sites: z.array(z.string()).default([]),
});
const fixedSchema = z.object({ language: z.string(), values: z.record(z.string(), z.string()) });

export function createPersonalStore(db: WritableDb): PersonalStore {
  const addPlan = db.write<{ campaignId: number; plan: string }>(
    'INSERT INTO personal_campaigns (campaign_id, plan) VALUES (@campaignId, @plan)',
  );
  const plan = db.read<{ campaignId: number }, { plan: string; id: string }>(
    `SELECT p.plan, c.request_id AS id FROM personal_campaigns p JOIN campaigns c ON c.id = p.campaign_id
     WHERE p.campaign_id = @campaignId`,
  );
  const add = db.write<{ rows: string }>(
    `INSERT INTO delivery_values (delivery_id, fixed) SELECT value ->> 0, value ->> 1 FROM json_each(@rows)`,
  );
  const some = db.read<{ ids: string }, { id: DeliveryId; fixed: string }>(
    `SELECT v.delivery_id AS id, v.fixed FROM json_each(@ids) j CROSS JOIN delivery_values v ON v.delivery_id = j.value`,
  );
  const addLeftOut = db.write<{ campaignId: number; count: number }>(
    'UPDATE personal_campaigns SET left_out = left_out + @count WHERE campaign_id = @campaignId',
  );
  const leftOut = db.read<{ campaignId: number }, { count: number }>(
    'SELECT left_out AS count FROM personal_campaigns WHERE campaign_id = @campaignId',
  );
  return {
    addPlan(campaignId, given) {
      addPlan.run({ campaignId, plan: JSON.stringify(given) });
    },
    plan(campaignId) {
      const raw = plan.get({ campaignId });
      if (raw === undefined) return null;
      const read = soundJson(planSchema, raw.plan);
      return read === null ? 'damaged' : { ...read, id: raw.id };
    },
    addValues(rows) {
      add.run({
        rows: JSON.stringify(rows.map(({ deliveryId, fixed }) => [deliveryId, JSON.stringify(fixed)])),
      });
    },
    values(ids) {
      const found = new Map<DeliveryId, Fixed>();
      for (const { id, fixed } of some.all({ ids: JSON.stringify(ids) })) {
        const read = soundJson(fixedSchema, fixed);
        if (read !== null) found.set(id, read);
      }
      return found;
    },
    addLeftOut(campaignId, count) {
      addLeftOut.run({ campaignId, count });
    },
    leftOut: (campaignId) => soundCount(leftOut.get({ campaignId })?.count ?? 0),
  };
}
