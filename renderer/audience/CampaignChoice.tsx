import { Select } from '@mantine/core';
import { useState } from 'react';
import { campaignIdSchema } from '../../electron/contract/ids.ts';
import { visibleOwnText } from '../../electron/core/text/visible-text.ts';
import { formatDate } from '../format/moments.ts';
import { TEXT_DIRECTION } from '../ui/text-direction.ts';
import './audience.css';
import { INSIDE, type EditorProps } from './editor-props.ts';
import { CAMPAIGN_CONDITIONS } from './filter.ts';
import { useFilterNames, useFoundCampaigns } from './use-audience.ts';

type CampaignCondition = (typeof CAMPAIGN_CONDITIONS)[number];

/** The campaigns in which a message was shown or clicked, or was not. */
export function CampaignChoices({ kind, ...editor }: EditorProps & { kind: CampaignCondition['kind'] }) {
  return CAMPAIGN_CONDITIONS.filter((condition) => condition.kind === kind).map(({ field, label }) => (
    <CampaignChoice key={field} field={field} label={label} {...editor} />
  ));
}

function CampaignChoice({
  field,
  label,
  filter,
  onChange,
}: EditorProps & Pick<CampaignCondition, 'field' | 'label'>) {
  const id = filter[field];
  const [typed, setTyped] = useState('');
  const names = useFilterNames([filter]);
  const chosen =
    id === null ? [] : [{ value: String(id), label: visibleOwnText(names.campaign(id) ?? `#${id}`) }];
  // The field holds the title of what is chosen, which is not a search.
  const isSearch = typed !== '' && typed !== chosen[0]?.label;
  const found = useFoundCampaigns(isSearch ? typed.trim().slice(0, 200) : '').map((campaign) => ({
    value: String(campaign.id),
    label: visibleOwnText(campaign.message.title),
    madeAt: campaign.createdAt,
  }));
  const dates = new Map(found.map(({ value, madeAt }) => [value, formatDate(madeAt)]));
  const others = chosen.filter(({ value }) => !dates.has(value));
  return (
    <Select
      label={label}
      placeholder="Choose a campaign"
      data={[
        ...found.map(({ value, label: title }) => ({ value, label: title })),
        ...(isSearch ? [] : others),
      ]}
      // The engine has searched already.
      filter={({ options }) => options}
      value={id === null ? null : String(id)}
      clearable
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage="No campaign has such a title."
      // In a low window there is only room above it.
      comboboxProps={{ ...INSIDE, position: 'top' }}
      {...TEXT_DIRECTION}
      renderOption={({ option }) => (
        <span className="pd-option">
          <bdi className="pd-cut">{option.label}</bdi>
          <span className="pd-soft">{dates.get(option.value)}</span>
        </span>
      )}
      onChange={(next) => {
        onChange({ ...filter, [field]: next === null ? null : campaignIdSchema.parse(Number(next)) });
      }}
    />
  );
}
