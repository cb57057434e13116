import { Checkbox, Menu } from '@mantine/core';
import { useState } from 'react';
import type { CampaignExportFormat } from '../../../electron/contract/campaign-exports.ts';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { useIsRehearsal } from '../../api/CampaignSource.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { useExport } from './use-export.ts';

/** Deliveries of a campaign as a table or as JSON lines, and its report. A rehearsal has neither: nothing of it is kept. */
export function CampaignExport({ campaign }: { campaign: Pick<CampaignDetail, 'id'> }) {
  const { campaigns } = useQueries();
  const exporting = useExport();
  const [whole, setWhole] = useState(false);
  const { id } = campaign;
  if (useIsRehearsal()) return null;
  const deliveries = (format: CampaignExportFormat) =>
    void exporting.saveRows(`campaign-${id}-deliveries.${format}`, (cursor) =>
      campaigns.exportDeliveries.call({ id, format, whole, cursor }),
    );
  return (
    <ExportMenu exporting={exporting}>
      <Menu.Item
        onClick={() => {
          void exporting.savePdf(
            `campaign-${id}-report.pdf`,
            async () => (await campaigns.report.call({ id })).html,
          );
        }}
      >
        Report as PDF
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        onClick={() => {
          deliveries('csv');
        }}
      >
        Deliveries as CSV
      </Menu.Item>
      <Menu.Item
        onClick={() => {
          deliveries('jsonl');
        }}
      >
        Deliveries as JSON lines
      </Menu.Item>
      <div className="pd-export__whole">
        <Checkbox
          size="xs"
          label="With full endpoints"
          description="Anyone who has them can try to send to them."
          checked={whole}
          onChange={(event) => {
            setWhole(event.currentTarget.checked);
          }}
        />
      </div>
    </ExportMenu>
  );
}
