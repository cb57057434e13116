import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { countOf } from '../../format/numbers.ts';
import type { Choice } from '../../compose-draft/composition.ts';
import { SubscriptionPicker } from './SubscriptionPicker.tsx';

const KINDS: { value: Choice['kind']; label: string }[] = [
  { value: 'everyone', label: 'Everyone active' },
  { value: 'chosen', label: 'Chosen rows' },
  { value: 'one', label: 'One' },
];

interface AudiencePickerProps {
  choice: Choice;
  onChange: (choice: Choice) => void;
}

/** Who gets the message: everyone active, rows chosen on Subscriptions, or one subscription. */
export function AudiencePicker({ choice, onChange }: AudiencePickerProps) {
  const [, navigate] = useLocation();
  const [lastIds, setLastIds] = useState<readonly SubscriptionId[]>([]);
  const turn = (kind: Choice['kind']) => {
    if (choice.kind === 'chosen') setLastIds(choice.ids);
    if (kind === 'everyone') onChange({ kind });
    if (kind === 'chosen') onChange({ kind, ids: lastIds });
    if (kind === 'one') onChange({ kind, id: null });
  };

  return (
    <div className="pd-audience">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Audience"
        data={KINDS}
        value={choice.kind}
        onChange={turn}
      />
      {choice.kind === 'chosen' && (
        <div className="pd-audience__line">
          <span className="pd-soft">
            {choice.ids.length > 0
              ? `${countOf(choice.ids.length, 'row')} chosen on Subscriptions.`
              : 'Select rows on Subscriptions, then press Send there.'}
          </span>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              navigate(SCREENS.subscriptions.path);
            }}
          >
            Choose rows
          </Button>
        </div>
      )}
      {choice.kind === 'one' && (
        <SubscriptionPicker
          value={choice.id}
          onChange={(id) => {
            onChange({ kind: 'one', id });
          }}
        />
      )}
    </div>
  );
}
