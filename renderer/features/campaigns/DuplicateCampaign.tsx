import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCopyPlus } from '@tabler/icons-react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { useDuplicateCampaign } from './use-duplicate.ts';

/** Takes a campaign with its recipients into a new draft. `icon`: for a row of a list. Rehearsals have no recipients. */
export function DuplicateCampaign({ campaign, icon = false }: { campaign: Campaign; icon?: boolean }) {
  const { duplicate, isPending } = useDuplicateCampaign();
  const press = () => {
    duplicate(campaign);
  };
  if (campaign.kind === 'rehearsal') return null;
  if (!icon)
    return (
      <Button variant="default" disabled={isPending} onClick={press}>
        Duplicate
      </Button>
    );
  return (
    <Tooltip label="Duplicate">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Duplicate ${visibleOwnText(campaign.message.title)}`}
        disabled={isPending}
        onClick={press}
      >
        <IconCopyPlus size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
