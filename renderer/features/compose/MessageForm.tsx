import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { MAX_TTL_SECONDS, urgencySchema } from '../../../electron/contract/message.ts';
import { supportHint, type OptionalPart } from '../../../electron/core/message/browser-support.ts';
import { formatSeconds } from '../../format/durations.ts';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { URGENCY_WORDS } from '../../words/urgencies.ts';
import { FormSection } from '../../ui/FormSection.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { Buttons } from './Buttons.tsx';
import type { FieldErrors, MessageFields } from '../../compose-draft/composition.ts';
import { fieldId } from './fields.ts';
import type { Composer } from './use-composer.ts';

const URGENCIES = Object.entries(URGENCY_WORDS).map(([value, label]) => ({ value, label }));

type TextField = 'title' | 'body' | 'url' | 'iconUrl' | 'badgeUrl' | 'imageUrl' | 'tag' | 'topic';

const hint = (part: OptionalPart, before = '') => [before, supportHint(part)].filter(Boolean).join(' ');
const ttlWords = (ttl: MessageFields['ttlSeconds']) => {
  if (ttl === '') return 'How long the push service keeps trying, in seconds.';
  return ttl === 0 ? 'Only for devices that are online right now.' : `Kept for up to ${formatSeconds(ttl)}.`;
};

/** All fields of a message. `errors` holds what is wrong, by field. */
export function MessageForm({ composer, errors }: { composer: Composer; errors: FieldErrors }) {
  const { fields, set } = composer;
  const text = (name: TextField) => ({
    id: fieldId(name),
    label: FIELD_LABELS[name],
    value: fields[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      set({ [name]: event.currentTarget.value });
    },
  });
  const link = { inputMode: 'url', spellCheck: false, placeholder: 'https://' } as const;

  return (
    <div className="pd-compose__form">
      <FormSection title="Message">
        <TextInput {...TEXT_DIRECTION} aria-required {...text('title')} />
        <Textarea {...TEXT_DIRECTION} autosize minRows={2} maxRows={8} {...text('body')} />
        <TextInput
          description="Opens on click. A full address or a path like /news."
          {...link}
          {...text('url')}
        />
      </FormSection>
      <FormSection title="Pictures">
        <div className="pd-compose__pair">
          <TextInput description={hint('icon')} {...link} {...text('iconUrl')} />
          <TextInput description={hint('badge')} {...link} {...text('badgeUrl')} />
        </div>
        <TextInput description={hint('image')} {...link} {...text('imageUrl')} />
      </FormSection>
      <FormSection title="Buttons" note={hint('actions')}>
        <Buttons fields={fields} errors={errors} set={set} />
      </FormSection>
      <FormSection title="Delivery">
        <div className="pd-compose__pair">
          <NumberInput
            id={fieldId('ttlSeconds')}
            label={FIELD_LABELS.ttlSeconds}
            description={ttlWords(fields.ttlSeconds)}
            min={0}
            max={MAX_TTL_SECONDS}
            clampBehavior="none"
            allowDecimal={false}
            thousandSeparator=","
            suffix=" s"
            value={fields.ttlSeconds}
            error={errors.ttlSeconds}
            onChange={(ttl) => {
              set({ ttlSeconds: typeof ttl === 'number' ? ttl : '' });
            }}
          />
          <Select
            label={FIELD_LABELS.urgency}
            description="Phones may delay less urgent messages."
            data={URGENCIES}
            value={fields.urgency}
            allowDeselect={false}
            onChange={(urgency) => {
              set({ urgency: urgencySchema.catch('normal').parse(urgency) });
            }}
          />
          <TextInput
            description="Replaces an undelivered message with the same topic."
            spellCheck={false}
            {...text('topic')}
          />
          <TextInput
            description={hint('tag', 'Replaces a notification with the same tag.')}
            spellCheck={false}
            {...text('tag')}
          />
        </div>
        <Checkbox
          label={FIELD_LABELS.requireInteraction}
          description={hint('requireInteraction')}
          checked={fields.requireInteraction}
          onChange={(event) => {
            set({ requireInteraction: event.currentTarget.checked });
          }}
        />
      </FormSection>
    </div>
  );
}
