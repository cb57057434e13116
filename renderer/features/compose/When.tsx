import { Button, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { MAX_PER_MINUTE } from '../../../electron/contract/common.ts';
import { sendNow, type When as Timing } from '../../compose-draft/when.ts';
import { PLACE_IDS } from './fields.ts';
import { FormSection } from '../../ui/FormSection.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useNow } from '../../ui/Now.tsx';
import { ScheduleFields } from '../../ui/schedule/ScheduleFields.tsx';

interface WhenProps {
  when: Timing;
  onChange: (when: Timing) => void;
}

const KINDS = [
  { value: 'now', label: 'Now' },
  { value: 'at', label: 'At a set time' },
] as const;

/** When the campaign starts, and how fast it goes. */
export function When({ when, onChange }: WhenProps) {
  const now = useNow();
  return (
    <FormSection title="When">
      {when.editing !== null && (
        <Notice
          tone="busy"
          cause="You are editing a scheduled campaign."
          cure="It stays as it was until you save."
          actions={
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                onChange(sendNow());
              }}
            >
              Stop editing
            </Button>
          }
        />
      )}
      {when.editing === null && (
        <SegmentedControl
          size="xs"
          aria-label="When to send"
          data={[...KINDS]}
          value={when.kind}
          onChange={(kind) => {
            onChange({ ...when, kind: kind === 'at' ? 'at' : 'now' });
          }}
        />
      )}
      {when.kind === 'at' && (
        <>
          <ScheduleFields
            id={PLACE_IDS.schedule}
            value={when.time}
            now={now}
            onChange={(time) => {
              onChange({ ...when, time });
            }}
          />
          <p className="pd-schedule__words">
            Who is in the audience is decided when it starts. Pushdesk has to be running then; if it isn’t, it
            asks you what to do.
          </p>
        </>
      )}
      <Switch
        label="Quiet hours"
        description="Nothing goes out in these hours where the recipient is. Messages held back are sent when they end."
        checked={when.quiet.isOn}
        onChange={(event) => {
          onChange({ ...when, quiet: { ...when.quiet, isOn: event.currentTarget.checked } });
        }}
      />
      {when.quiet.isOn && (
        <div id={PLACE_IDS.quietHours} className="pd-schedule__row">
          {(['from', 'to'] as const).map((name) => (
            <TextInput
              key={name}
              label={name === 'from' ? 'Quiet from' : 'Quiet until'}
              type="time"
              value={when.quiet[name]}
              onChange={(event) => {
                onChange({ ...when, quiet: { ...when.quiet, [name]: event.currentTarget.value } });
              }}
            />
          ))}
        </div>
      )}
      <NumberInput
        label="Messages per minute"
        description="Spreads the campaign out. Leave it empty to use the limit in Settings, if there is one."
        placeholder="No limit"
        hideControls
        allowDecimal={false}
        allowNegative={false}
        min={1}
        max={MAX_PER_MINUTE}
        value={when.perMinute}
        onChange={(value) => {
          onChange({ ...when, perMinute: typeof value === 'number' ? value : '' });
        }}
      />
    </FormSection>
  );
}
