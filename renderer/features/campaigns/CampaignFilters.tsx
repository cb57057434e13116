import { Button, Popover, TextInput } from '@mantine/core';
import { IconCalendar, IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';
import { formatCount } from '../../format/numbers.ts';
import { formatDate } from '../../format/moments.ts';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import type { CampaignSearch } from './campaign-view.ts';

interface CampaignFiltersProps {
  view: CampaignSearch;
  onChange: (next: CampaignSearch) => void;
  /** How many match; `undefined`: not known yet. */
  total: number | undefined;
  isNarrowed: boolean;
  searchBox: Ref<HTMLInputElement>;
}

/** Search and dates over the list of campaigns. */
export function CampaignFilters({ view, onChange, total, isNarrowed, searchBox }: CampaignFiltersProps) {
  return (
    <div className="pd-filters">
      <div className="pd-filters__asked">
        <TextInput
          ref={searchBox}
          className="pd-campaigns__search"
          aria-label="Search campaigns"
          {...TEXT_DIRECTION}
          placeholder="Search title, text and tag"
          leftSection={<IconSearch size={15} aria-hidden />}
          spellCheck={false}
          maxLength={200}
          value={view.search}
          onChange={(event) => {
            onChange({ ...view, search: event.currentTarget.value });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onChange({ ...view, search: '' });
          }}
        />
        <Dates view={view} onChange={onChange} />
      </div>
      <span className="pd-filters__matching pd-figures" role="status">
        {isNarrowed && total !== undefined && `${formatCount(total)} ${total === 1 ? 'matches' : 'match'}`}
      </span>
    </div>
  );
}

function Dates({ view, onChange }: Pick<CampaignFiltersProps, 'view' | 'onChange'>) {
  const day = (name: 'fromDay' | 'toDay', label: string) => (
    <TextInput
      type="date"
      label={label}
      value={view[name]}
      onChange={(event) => {
        onChange({ ...view, [name]: event.currentTarget.value });
      }}
    />
  );
  const isSet = view.fromDay !== '' || view.toDay !== '';
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant={isSet ? 'light' : 'default'}
          leftSection={<IconCalendar size={15} aria-hidden />}
        >
          {isSet ? dateWords(view) : 'Any date'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="pd-campaigns__dates">
        {day('fromDay', 'From')}
        {day('toDay', 'To')}
        <Button
          size="xs"
          variant="subtle"
          disabled={!isSet}
          onClick={() => {
            onChange({ ...view, fromDay: '', toDay: '' });
          }}
        >
          Any date
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function dateWords({ fromDay, toDay }: CampaignSearch): string {
  const words = (day: string) => formatDate(new Date(`${day}T12:00:00`).getTime());
  if (fromDay === '') return `Until ${words(toDay)}`;
  if (toDay === '') return `From ${words(fromDay)}`;
  return fromDay === toDay ? words(fromDay) : `${words(fromDay)} – ${words(toDay)}`;
}
