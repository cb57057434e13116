import { Checkbox, Select, TagsInput } from '@mantine/core';
import { deliveryStateSchema } from '../../electron/contract/deliveries.ts';
import { keyPairIdSchema } from '../../electron/contract/ids.ts';
import { pushServiceSchema } from '../../electron/contract/push-service.ts';
import { subscriptionStateSchema } from '../../electron/contract/subscriptions.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';
import { formatCount } from '../format/numbers.ts';
import { SUBSCRIPTION_STATES } from '../words/states.ts';
import { AddedChoice } from './AddedChoice.tsx';
import { AttributeChoice } from './AttributeChoice.tsx';
import { ClickedChoice, ReportsChoice, ShownChoice } from './ReceiptChoices.tsx';
import { INSIDE, MAX_CHOICES, type EditorProps } from './editor-props.ts';
import { RESULT_WORDS, TAG_CONDITIONS, type ConditionKind } from './filter.ts';
import { TagField } from './TagField.tsx';
import { useKeyPairs } from './use-audience.ts';

export interface ConditionEditorProps extends EditorProps {
  kind: ConditionKind;
  /** Which of the conditions on attributes; one beyond the last is a new one. */
  index: number;
  /** The attribute that a new condition is about, where the person has chosen one. */
  attribute?: string | undefined;
}

/** What can be asked for by one kind of condition; it applies as it is pressed. */
export function ConditionEditor({ kind, index, attribute, ...editor }: ConditionEditorProps) {
  switch (kind) {
    case 'state':
      return (
        <Choices
          label="State"
          options={subscriptionStateSchema.options.map((value) => [value, SUBSCRIPTION_STATES[value].word])}
          value={editor.filter.states}
          onChange={(states) => {
            editor.onChange({ ...editor.filter, states });
          }}
        />
      );
    case 'service':
      return (
        <Choices
          label="Push service"
          options={pushServiceSchema.options.map((value) => [value, PUSH_SERVICES[value].name])}
          value={editor.filter.pushServices}
          onChange={(pushServices) => {
            editor.onChange({ ...editor.filter, pushServices });
          }}
        />
      );
    case 'last-result':
      return (
        <Choices
          label="Last result"
          options={deliveryStateSchema.options.map((value) => [value, RESULT_WORDS[value]])}
          value={editor.filter.lastResults}
          onChange={(lastResults) => {
            editor.onChange({ ...editor.filter, lastResults });
          }}
        />
      );
    case 'key':
      return <KeyChoice {...editor} />;
    case 'tags':
      return <TagChoice {...editor} />;
    case 'attribute':
      return <AttributeChoice {...editor} index={index} attribute={attribute} />;
    case 'added':
      return <AddedChoice {...editor} />;
    case 'reached':
      return <ReachedChoice {...editor} />;
    case 'shown':
      return <ShownChoice {...editor} />;
    case 'clicked':
      return <ClickedChoice {...editor} />;
    case 'receipts':
      return <ReportsChoice {...editor} />;
    case 'external-id':
      return <ExternalIds {...editor} />;
  }
}

interface ChoicesProps<Value extends string> {
  label: string;
  options: readonly (readonly [value: Value, word: string])[];
  value: readonly Value[];
  onChange: (value: Value[]) => void;
}

function Choices<Value extends string>({ label, options, value, onChange }: ChoicesProps<Value>) {
  return (
    <fieldset className="pd-condition__choices">
      <legend>{label}</legend>
      {options.map(([option, word]) => (
        <Checkbox
          key={option}
          label={word}
          checked={value.includes(option)}
          onChange={(event) => {
            const chosen = new Set(value);
            if (event.currentTarget.checked) chosen.add(option);
            else chosen.delete(option);
            onChange(options.map(([one]) => one).filter((one) => chosen.has(one)));
          }}
        />
      ))}
    </fieldset>
  );
}

function KeyChoice({ filter, onChange }: EditorProps) {
  return (
    <Select
      label="Key pair"
      data={useKeyPairs().map(({ id, name }) => ({ value: String(id), label: name }))}
      value={filter.keyPairId === null ? null : String(filter.keyPairId)}
      clearable
      searchable
      comboboxProps={INSIDE}
      onChange={(id) => {
        onChange({ ...filter, keyPairId: id === null ? null : keyPairIdSchema.parse(Number(id)) });
      }}
    />
  );
}

function TagChoice({ filter, onChange }: EditorProps) {
  return (
    <>
      {TAG_CONDITIONS.map(({ field, label }, place) => (
        <TagField
          key={field}
          label={label}
          most={MAX_CHOICES}
          value={filter[field]}
          comboboxProps={INSIDE}
          {...(place === 0 ? { 'data-autofocus': true } : {})}
          onChange={(tags) => {
            onChange({ ...filter, [field]: tags });
          }}
        />
      ))}
    </>
  );
}

function ReachedChoice({ filter, onChange }: EditorProps) {
  const options = [
    { never: true, label: 'Never reached', description: 'No push service ever accepted a message for it.' },
    {
      never: false,
      label: 'Reached at least once',
      description: 'A push service accepted a message for it.',
    },
  ];
  return (
    <fieldset className="pd-condition__choices">
      <legend>Reached</legend>
      {options.map(({ never, label, description }) => (
        <Checkbox
          key={label}
          label={label}
          description={description}
          checked={filter.neverReached === never}
          onChange={(event) => {
            onChange({ ...filter, neverReached: event.currentTarget.checked ? never : null });
          }}
        />
      ))}
    </fieldset>
  );
}

function ExternalIds({ filter, onChange }: EditorProps) {
  return (
    <TagsInput
      label="External IDs"
      description={
        filter.externalIds.length > MAX_CHOICES
          ? `The filter has ${formatCount(filter.externalIds.length)}. The first ${MAX_CHOICES} are shown; the others count as well.`
          : 'Paste several, separated by commas or line breaks.'
      }
      value={filter.externalIds.slice(0, MAX_CHOICES)}
      splitChars={[',', '\n', '\t', ';']}
      data-autofocus
      onChange={(externalIds) => {
        onChange({
          ...filter,
          externalIds: [...externalIds, ...filter.externalIds.slice(MAX_CHOICES)],
        });
      }}
    />
  );
}
