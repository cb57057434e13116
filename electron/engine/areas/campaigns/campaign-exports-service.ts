import type { campaignExportProcedures } from '../../../contract/campaign-exports.ts';
import type { CampaignId } from '../../../contract/ids.ts';
import type { CampaignReceipts } from '../../../contract/receipts.ts';
import { campaignRows, deliveryRows } from '../../../core/campaign/export-rows.ts';
import { reportHtml } from '../../../core/campaign/report-html.ts';
import type { Clock } from '../../base/clock.ts';
import type { Calls } from '../../serve/calls.ts';
import type { CampaignReading } from './campaign-reading.ts';

/** Campaigns and deliveries as pieces of a file, and the report of one campaign. */
export function createCampaignExports({
  campaigns,
  receipts,
  clock,
}: {
  campaigns: Pick<CampaignReading, 'list' | 'get' | 'deliveries'>;
  receipts: {
    ofCampaign: (
      input: { id: CampaignId },
      signal: AbortSignal,
    ) => Promise<CampaignReceipts> | CampaignReceipts;
  };
  clock: Clock;
}): Calls<typeof campaignExportProcedures> {
  return {
    exportList({ format, ...asked }) {
      const { items, nextCursor } = campaigns.list(asked);
      return { text: campaignRows(items, format, asked.cursor === null), rows: items.length, nextCursor };
    },
    exportDeliveries({ id, format, whole, ...asked }) {
      const { items, nextCursor } = campaigns.deliveries({ campaignId: id, ...asked });
      const isFirst = asked.cursor === null;
      return { text: deliveryRows(items, format, { isFirst, whole }), rows: items.length, nextCursor };
    },
    async report({ id }, signal) {
      const campaign = campaigns.get({ id });
      return {
        html: reportHtml({ campaign, receipts: await receipts.ofCampaign({ id }, signal), now: clock.now() }),
      };
    },
  };
}
