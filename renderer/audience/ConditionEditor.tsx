import { Button, Checkbox, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { attributeNameSchema, attributeValueSchema } from '../../electron/contract/people.ts';
import { pushServiceSchema } from '../../electron/contract/push-service.ts';
import { deliveryStateSchema } from '../../electron/contract/deliveries.ts';
import {
  subscriptionStateSchema,
  type AttributeCondition,
  type SubscriptionFilter,
} from '../../electron/contract/subscriptions.ts';
import { keyPairIdSchema } from '../../electron/contract/ids.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';
import { SUBSCRIPTION_STATES } from '../words/states.ts';
import { attributeLabel } from '../words/attributes.ts';
import { RESULT_WORDS, TAG_CONDITIONS, type ConditionKind } from './filter.ts';
import { CountedOption } from './CountedOption.tsx';
import { TagField } from './TagField.tsx';
import { useAttributes, useAttributeValues, useKeyPairs } from './use-audience.ts';

/** Lists that drop down stay inside the popover: outside of it, a press on them would close it. */
const INSIDE = { withinPortal: false };
const MOST = 200;

export interface EditorProps {
  filter: SubscriptionFilter;
  onChange: (filter: SubscriptionFilter) => void;
}

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
          most={MOST}
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

const OPERATORS = [
  { value: 'anyOf', label: 'is one of' },
  { value: 'noneOf', label: 'is none of' },
  { value: 'set', label: 'is set' },
  { value: 'unset', label: 'is not set' },
] as const;
type Operator = (typeof OPERATORS)[number]['value'];

function operatorOf(condition: AttributeCondition | undefined): Operator {
  if (condition === undefined || 'anyOf' in condition) return 'anyOf';
  if ('noneOf' in condition) return 'noneOf';
  return condition.isSet ? 'set' : 'unset';
}

const valuesOf = (condition: AttributeCondition | undefined): readonly string[] => {
  if (condition === undefined || 'isSet' in condition) return [];
  return 'anyOf' in condition ? condition.anyOf : condition.noneOf;
};

/** `null`: not whole yet. */
function conditionOf(name: string, operator: Operator, values: readonly string[]): AttributeCondition | null {
  if (!attributeNameSchema.safeParse(name).success) return null;
  if (operator === 'set' || operator === 'unset') return { name, isSet: operator === 'set' };
  if (values.length === 0) return null;
  return operator === 'anyOf' ? { name, anyOf: [...values] } : { name, noneOf: [...values] };
}

function AttributeChoice({
  filter,
  onChange,
  index,
  attribute = '',
}: EditorProps & { index: number; attribute: string | undefined }) {
  const given = filter.attributes[index];
  const [name, setName] = useState(given?.name ?? attribute);
  const [operator, setOperator] = useState(operatorOf(given));
  const [values, setValues] = useState(valuesOf(given));
  const known = useAttributes();
  const become = (next: { name?: string; operator?: Operator; values?: readonly string[] }) => {
    const condition = conditionOf(next.name ?? name, next.operator ?? operator, next.values ?? values);
    setName(next.name ?? name);
    setOperator(next.operator ?? operator);
    setValues(next.values ?? values);
    onChange({
      ...filter,
      attributes: [
        ...filter.attributes.slice(0, index),
        ...(condition === null ? [] : [condition]),
        ...filter.attributes.slice(index + 1),
      ],
    });
  };
  return (
    <>
      {attribute === '' && (
        <Select
          label="Attribute"
          data={[...new Set([...known.map((one) => one.name), ...(name === '' ? [] : [name])])].map(
            (value) => ({
              value,
              label: attributeLabel(value),
            }),
          )}
          value={name === '' ? null : name}
          searchable
          nothingFoundMessage="No subscription has such an attribute."
          comboboxProps={INSIDE}
          data-autofocus
          onChange={(next) => {
            become({ name: next ?? '', values: [] });
          }}
        />
      )}
      <Select
        label={attribute === '' ? 'Condition' : attributeLabel(attribute)}
        data={[...OPERATORS]}
        value={operator}
        allowDeselect={false}
        comboboxProps={INSIDE}
        onChange={(next) => {
          if (next !== null) become({ operator: next });
        }}
      />
      {(operator === 'anyOf' || operator === 'noneOf') && (
        <Values
          name={name}
          values={values}
          onChange={(next) => {
            become({ values: next });
          }}
        />
      )}
    </>
  );
}

interface ValuesProps {
  name: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

function Values({ name, values, onChange }: ValuesProps) {
  const [typed, setTyped] = useState('');
  const found = useAttributeValues(name, typed.trim().slice(0, 200));
  const counts = new Map(found.map(({ value, count }) => [value, count]));
  return (
    <TagsInput
      label="Values"
      value={[...values]}
      data={found.map(({ value }) => value)}
      // The engine has searched already. So many that none has to be scrolled to: typing finds the others.
      filter={({ options }) => options.slice(0, 6)}
      searchValue={typed}
      onSearchChange={setTyped}
      splitChars={[]}
      maxTags={MOST}
      comboboxProps={INSIDE}
      data-autofocus
      renderOption={({ option }) => <CountedOption text={option.value} count={counts.get(option.value)} />}
      onChange={(next) => {
        onChange(next.filter((value) => attributeValueSchema.safeParse(value).success));
      }}
    />
  );
}

const DAY_MS = 86_400_000;
const SPANS = [
  { days: 1, label: 'Last 24 hours' },
  { days: 7, label: 'Last 7 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
];

/** Midnight of a day such as `2026-03-03`, days later; `null` where it is none. */
function midnightOf(day: string, daysLater = 0): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const at = new Date(year, month - 1, date + daysLater).getTime();
  return Number.isNaN(at) || year < 1970 ? null : at;
}

function dayOf(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function AddedChoice({ filter, onChange }: EditorProps) {
  return (
    <>
      <div className="pd-condition__spans">
        {SPANS.map(({ days, label }) => (
          <Button
            key={days}
            size="xs"
            variant="default"
            onClick={() => {
              onChange({ ...filter, addedFrom: Date.now() - days * DAY_MS, addedBefore: null });
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <div className="pd-condition__pair">
        <TextInput
          type="date"
          label="From"
          value={dayOf(filter.addedFrom)}
          onChange={(event) => {
            onChange({ ...filter, addedFrom: midnightOf(event.currentTarget.value) });
          }}
        />
        <TextInput
          type="date"
          label="To, including"
          value={dayOf(filter.addedBefore === null ? null : filter.addedBefore - 1)}
          onChange={(event) => {
            onChange({ ...filter, addedBefore: midnightOf(event.currentTarget.value, 1) });
          }}
        />
      </div>
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
      description="Paste several, separated by commas or line breaks."
      value={filter.externalIds.slice(0, MOST)}
      splitChars={[',', '\n', '\t', ';']}
      data-autofocus
      onChange={(externalIds) => {
        onChange({
          ...filter,
          externalIds: [...externalIds, ...filter.externalIds.slice(MOST)],
        });
      }}
    />
  );
}
