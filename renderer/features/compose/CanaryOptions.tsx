import { Button, Collapse, NumberInput, Select, Switch } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { CanaryRules } from '../../../electron/contract/canary.ts';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { DEFAULT_RULES } from '../../compose-draft/canary.ts';
import { PLACE_IDS } from './fields.ts';
import type { CanaryChoice } from './canary-choice.ts';
import './canary.css';

interface CanaryOptionsProps {
  choice: CanaryChoice;
  preflight: Preflight | undefined;
  /** Each recipient gets it at a time of their own, so nobody can go first. */
  isPerRecipient: boolean;
}

/** Whether a small share goes first, how large it is, and what decides about the rest. */
export function CanaryOptions({ choice, preflight, isPerRecipient }: CanaryOptionsProps) {
  const [isOpen, setOpen] = useState(false);
  const rulesId = useId();
  const noteId = useId();
  const { rules, turn, change } = choice;
  const isOn = choice.isOn && !isPerRecipient;
  const isUsual = JSON.stringify(rules) === JSON.stringify(DEFAULT_RULES);
  return (
    <div className="pd-canary">
      <Switch
        id={PLACE_IDS.canary}
        label="Send to a canary first"
        aria-describedby={noteId}
        checked={isOn}
        disabled={isPerRecipient}
        onChange={(event) => {
          turn(event.currentTarget.checked);
        }}
      />
      <p id={noteId} className="pd-canary__note pd-canary__words pd-soft">
        {isPerRecipient
          ? 'Not possible at each recipient’s own time: the first time zones would be over before the canary is judged. Choose one time for everyone to use it.'
          : 'A small share goes first. The rest follows only if that goes well.'}
      </p>
      {isOn && (
        <>
          <p className="pd-canary__words">{sizeWords(preflight)}</p>
          <p className="pd-canary__words pd-soft">{ruleWords(rules)}</p>
          <Button
            className="pd-canary__more"
            variant="subtle"
            size="compact-xs"
            aria-expanded={isOpen}
            aria-controls={rulesId}
            rightSection={
              isOpen ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />
            }
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            Change rules
          </Button>
          <Collapse id={rulesId} expanded={isOpen}>
            <Rules rules={rules} change={change} />
            {!isUsual && (
              <Button
                className="pd-canary__more"
                variant="subtle"
                size="compact-xs"
                onClick={() => {
                  change(DEFAULT_RULES);
                }}
              >
                Restore defaults
              </Button>
            )}
          </Collapse>
        </>
      )}
    </div>
  );
}

function sizeWords(preflight: Preflight | undefined): string {
  const canary = preflight?.canary;
  if (!canary || preflight.recipients === 0) return 'Choose recipients to see its size.';
  if (canary.isEveryone)
    return 'This audience is too small for a canary: it would be everyone, so all of them get it at once.';
  const count = canary.recipients.toLocaleString('en');
  return `${count} of ${preflight.recipients.toLocaleString('en')} go first.`;
}

/** What counts as going badly, in one line. */
function ruleWords({
  maxFailedPercent,
  anyRefusedToken,
  minAcceptedPercent,
  minShownPercent,
  waitMinutes,
  whenGood,
  whenBad,
}: CanaryRules): string {
  const bad = [
    ...(anyRefusedToken ? ['any 401 or 403'] : []),
    `over ${maxFailedPercent}% failed`,
    `under ${minAcceptedPercent}% accepted`,
    ...(minShownPercent === null ? [] : [`under ${minShownPercent}% shown`]),
  ];
  const after = whenBad === 'wait' ? 'wait for you' : 'cancel the rest';
  const good = whenGood === 'wait' ? ' Otherwise: wait for you.' : '';
  return `In any part, ${bad.slice(0, -1).join(', ')} or ${bad.at(-1) ?? ''}: ${after}.${good} Judged after ${waitMinutes} minutes at most.`;
}

interface RulesProps {
  rules: CanaryRules;
  change: (change: Partial<CanaryRules>) => void;
}

function Rules({ rules, change }: RulesProps) {
  return (
    <div className="pd-canary__rules">
      <Amount
        label="Share of each part"
        suffix="%"
        value={rules.sharePercent}
        min={0.01}
        max={50}
        onChange={(sharePercent) => {
          change({ sharePercent });
        }}
      />
      <Amount
        label="At least, for each part"
        value={rules.leastPerPart}
        min={1}
        max={10_000}
        onChange={(leastPerPart) => {
          change({ leastPerPart });
        }}
      />
      <Amount
        label="Failed, at most"
        suffix="%"
        value={rules.maxFailedPercent}
        min={0}
        max={100}
        onChange={(maxFailedPercent) => {
          change({ maxFailedPercent });
        }}
      />
      <Amount
        label="Accepted, at least"
        suffix="%"
        value={rules.minAcceptedPercent}
        min={0}
        max={100}
        onChange={(minAcceptedPercent) => {
          change({ minAcceptedPercent });
        }}
      />
      <Amount
        label="Wait, at most"
        suffix=" min"
        value={rules.waitMinutes}
        min={1}
        max={10_080}
        onChange={(waitMinutes) => {
          change({ waitMinutes });
        }}
      />
      <Switch
        className="pd-canary__switch"
        label="Any 401 or 403 is enough"
        checked={rules.anyRefusedToken}
        onChange={(event) => {
          change({ anyRefusedToken: event.currentTarget.checked });
        }}
      />
      <Switch
        className="pd-canary__switch"
        label="Count receipts from devices that send them"
        checked={rules.minShownPercent !== null}
        onChange={(event) => {
          change({ minShownPercent: event.currentTarget.checked ? 30 : null });
        }}
      />
      {rules.minShownPercent !== null && (
        <>
          <Amount
            label="Shown, at least"
            suffix="%"
            value={rules.minShownPercent}
            min={0}
            max={100}
            onChange={(minShownPercent) => {
              change({ minShownPercent });
            }}
          />
          <Amount
            label="Wait for receipts"
            suffix=" min"
            value={rules.shownWaitMinutes}
            min={1}
            max={10_080}
            onChange={(shownWaitMinutes) => {
              change({ shownWaitMinutes });
            }}
          />
        </>
      )}
      <Select
        label="If it goes well"
        allowDeselect={false}
        data={[
          { value: 'go-on', label: 'Send the rest' },
          { value: 'wait', label: 'Wait for me' },
        ]}
        value={rules.whenGood}
        onChange={(value) => {
          change({ whenGood: value === 'wait' ? 'wait' : 'go-on' });
        }}
      />
      <Select
        label="If it goes badly"
        allowDeselect={false}
        data={[
          { value: 'wait', label: 'Wait for me' },
          { value: 'stop', label: 'Cancel the rest' },
        ]}
        value={rules.whenBad}
        onChange={(value) => {
          change({ whenBad: value === 'stop' ? 'stop' : 'wait' });
        }}
      />
    </div>
  );
}

interface AmountProps {
  label: string;
  suffix?: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

/** What is typed takes effect once it is a number within its limits. */
function Amount({ label, suffix = '', value, min, max, onChange }: AmountProps) {
  return (
    <NumberInput
      label={label}
      suffix={suffix}
      value={value}
      min={min}
      max={max}
      clampBehavior="blur"
      allowNegative={false}
      onChange={(next) => {
        if (typeof next === 'number' && next >= min && next <= max) onChange(next);
      }}
    />
  );
}
