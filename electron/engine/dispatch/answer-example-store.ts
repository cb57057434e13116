import type { CampaignId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { WritableDb } from '../store/database.ts';

/** A push service's first answer to a campaign that was judged this way. */
export interface AnswerExample {
  readonly pushService: PushServiceId;
  /** Code of the diagnosis. */
  readonly diagnosis: string;
  readonly status: number;
  /** As they are quoted (core/diagnosis/answer-words.ts), without the endpoint; `null`: there was no reason. */
  readonly words: string | null;
}

export interface AnswerExampleStore {
  /** Does nothing if there is one already. */
  add(campaignId: CampaignId, example: AnswerExample): void;
  of(campaignId: CampaignId): AnswerExample[];
}

export function createAnswerExampleStore(db: WritableDb): AnswerExampleStore {
  const insert = db.write<AnswerExample & { campaignId: CampaignId }>(
    `INSERT INTO answer_examples (campaign_id, push_service, diagnosis, status, words)
     VALUES (@campaignId, @pushService, @diagnosis, @status, @words) ON CONFLICT DO NOTHING`,
  );
  const all = db.read<{ campaignId: CampaignId }, AnswerExample>(
    `SELECT push_service AS pushService, diagnosis, status, words FROM answer_examples WHERE campaign_id = @campaignId`,
  );
  return {
    add(campaignId, example) {
      insert.run({ ...example, campaignId });
    },
    of: (campaignId) => all.all({ campaignId }),
  };
}
