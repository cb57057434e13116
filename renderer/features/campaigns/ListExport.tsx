import { Menu } from '@mantine/core';
import type { CampaignExportFormat } from '../../../electron/contract/campaign-exports.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import type { CampaignTab } from '../../navigation/paths.ts';
import { askedOf, type CampaignSearch } from './campaign-view.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { useExport } from './use-export.ts';

/** The campaigns that are listed, as a table or as JSON lines. */
export function ListExport({ tab, view }: { tab: CampaignTab; view: CampaignSearch }) {
  const { campaigns } = useQueries();
  const exporting = useExport();
  const rows = (format: CampaignExportFormat) =>
    void exporting.saveRows(`campaigns.${format}`, (cursor) =>
      campaigns.exportList.call({ ...askedOf(tab, view), format, cursor }),
    );
  return (
    <ExportMenu exporting={exporting}>
      <Menu.Item
        onClick={() => {
          rows('csv');
        }}
      >
        These campaigns as CSV
      </Menu.Item>
      <Menu.Item
        onClick={() => {
          rows('jsonl');
        }}
      >
        These campaigns as JSON lines
      </Menu.Item>
    </ExportMenu>
  );
}
