import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { directionSchema } from '../../../electron/contract/message.ts';
import { instantIn, localTime } from '../../format/local-time.ts';
import { FoldSection } from '../../ui/FoldSection.tsx';
import { DIRECTION_WORDS } from '../../words/directions.ts';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { hint, setWords, textProps, type FieldsProps } from './field-props.tsx';
import { fieldId } from './fields.ts';

const DIRECTIONS = Object.entries(DIRECTION_WORDS).map(([value, label]) => ({ value, label }));

const NAMES = [
  'tag',
  'renotify',
  'requireInteraction',
  'silent',
  'vibrate',
  'timestamp',
  'appBadge',
  'dir',
  'lang',
] as const;

/** How the notification behaves once it is there. */
export function LookFields(props: FieldsProps) {
  const { fields, errors, set } = props;
  const text = textProps(props);
  const box = (name: 'renotify' | 'requireInteraction' | 'silent', description: string) => (
    <Checkbox
      id={fieldId(name)}
      label={FIELD_LABELS[name]}
      description={description}
      checked={fields[name]}
      error={errors[name]}
      onChange={(event) => {
        set({ [name]: event.currentTarget.checked });
      }}
    />
  );
  return (
    <FoldSection
      title="Options"
      summary={setWords(NAMES.map((name) => !['', false, null, 'auto'].includes(fields[name] as never)))}
      hasError={NAMES.some((name) => errors[name] !== undefined)}
    >
      <TextInput
        description={hint('tag', 'Replaces a notification with the same tag.')}
        spellCheck={false}
        {...text('tag')}
      />
      {box('renotify', hint('renotify', 'Needs a tag.'))}
      {box('requireInteraction', hint('requireInteraction'))}
      {box('silent', hint('silent', 'No sound and no vibration.'))}
      <div className="pd-compose__pair">
        <TextInput
          description={hint('vibrate', 'Lengths in milliseconds: vibrate, pause, vibrate and so on.')}
          placeholder="200, 100, 200"
          {...text('vibrate')}
        />
        <NumberInput
          id={fieldId('appBadge')}
          label={FIELD_LABELS.appBadge}
          description={hint('appBadge', 'The number on the app’s icon; 0 removes it.')}
          min={0}
          clampBehavior="none"
          allowDecimal={false}
          value={fields.appBadge}
          error={errors.appBadge}
          onChange={(count) => {
            set({ appBadge: typeof count === 'number' ? count : '' });
          }}
        />
        <TextInput
          id={fieldId('timestamp')}
          type="datetime-local"
          label={FIELD_LABELS.timestamp}
          description={hint('timestamp', 'When the event it is about happened.')}
          value={localTime(fields.timestamp)}
          error={errors.timestamp}
          onChange={(event) => {
            set({ timestamp: instantIn(event.currentTarget.value) });
          }}
        />
        <TextInput
          description={hint('lang', 'A language tag, such as en or de-CH.')}
          spellCheck={false}
          {...text('lang')}
        />
        <Select
          id={fieldId('dir')}
          label={FIELD_LABELS.dir}
          description={hint('dir')}
          data={DIRECTIONS}
          value={fields.dir}
          allowDeselect={false}
          onChange={(dir) => {
            set({ dir: directionSchema.catch('auto').parse(dir) });
          }}
        />
      </div>
    </FoldSection>
  );
}
