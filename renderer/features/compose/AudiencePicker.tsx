import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { AudiencePart } from '../../../electron/contract/campaign-audience.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { countOf } from '../../format/numbers.ts';
import type { Choice } from '../../compose-draft/composition.ts';
import { PLACE_IDS } from './fields.ts';
import { PartsPicker } from './PartsPicker.tsx';
import { SubscriptionPicker } from './SubscriptionPicker.tsx';
import './recipients.css';

const KINDS: { value: Choice['kind']; label: string }[] = [
  { value: 'everyone', label: 'Everyone active' },
  { value: 'matching', label: 'Segments' },
  { value: 'chosen', label: 'Chosen rows' },
  { value: 'one', label: 'One' },
];

interface AudiencePickerProps {
  choice: Choice;
  onChange: (choice: Choice) => void;
}

/**
 * Who gets the message: everyone active, segments and tags, rows chosen on Subscriptions, or one subscription; minus those it leaves out.
 */
export function AudiencePicker({ choice, onChange }: AudiencePickerProps) {
  const [, navigate] = useLocation();
  const [lastIds, setLastIds] = useState<readonly SubscriptionId[]>([]);
  const [lastParts, setLastParts] = useState<readonly AudiencePart[]>([]);
  const [isLeavingOut, setLeavingOut] = useState(false);
  const { leaveOut = [] } = choice;
  const left = leaveOut.length === 0 ? {} : { leaveOut };
  const turn = (kind: Choice['kind']) => {
    if (choice.kind === 'chosen') setLastIds(choice.ids);
    if (choice.kind === 'matching') setLastParts(choice.anyOf);
    if (kind === 'everyone') onChange({ kind, ...left });
    if (kind === 'matching') onChange({ kind, anyOf: lastParts, ...left });
    if (kind === 'chosen') onChange({ kind, ids: lastIds, ...left });
    if (kind === 'one') onChange({ kind, id: null });
  };

  return (
    <div id={PLACE_IDS.audience} className="pd-audience">
      <SegmentedControl size="xs" aria-label="Audience" data={KINDS} value={choice.kind} onChange={turn} />
      {choice.kind === 'matching' && (
        <PartsPicker
          label="Segments and tags"
          placeholder="Choose one or more"
          parts={choice.anyOf}
          onChange={(anyOf) => {
            onChange({ kind: 'matching', anyOf, ...left });
          }}
        />
      )}
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
      {choice.kind !== 'one' && !isLeavingOut && leaveOut.length === 0 && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          className="pd-audience__less"
          onClick={() => {
            setLeavingOut(true);
          }}
        >
          Leave some out…
        </Button>
      )}
      {(leaveOut.length > 0 || (choice.kind !== 'one' && isLeavingOut)) && (
        <PartsPicker
          label="Leave out"
          placeholder="Segments and tags to leave out"
          parts={leaveOut}
          onChange={(next) => {
            setLeavingOut(true);
            onChange({ ...choice, leaveOut: next });
          }}
        />
      )}
    </div>
  );
}
