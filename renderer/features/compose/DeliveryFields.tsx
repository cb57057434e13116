import { NumberInput, Select, TextInput } from '@mantine/core';
import { MAX_TTL_SECONDS, urgencySchema } from '../../../electron/contract/message.ts';
import type { MessageFields } from '../../compose-draft/composition.ts';
import { formatSeconds } from '../../format/durations.ts';
import { instantIn, localTime, tomorrowAt } from '../../format/local-time.ts';
import { FoldSection } from '../../ui/FoldSection.tsx';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { URGENCY_ON_BATTERIES, URGENCY_WORDS } from '../../words/urgencies.ts';
import { textProps, type FieldsProps } from './field-props.tsx';
import { fieldId } from './fields.ts';

const URGENCIES = Object.entries(URGENCY_WORDS).map(([value, label]) => ({ value, label }));
const DAY = 86_400;
const SPANS = [3600, 4 * 3600, DAY, 3 * DAY, 7 * DAY, 28 * DAY];
const UNTIL = 'until';
const OTHER = 'other';
const UNTIL_HOUR = 18;

const CHOICES = [
  { value: '0', label: 'Only devices that are online now' },
  ...SPANS.map((seconds) => ({ value: String(seconds), label: formatSeconds(seconds) })),
  { value: UNTIL, label: 'Until a date and time' },
  { value: OTHER, label: 'Other (in seconds)' },
];

const ttlWords = (ttl: MessageFields['ttlSeconds']) => {
  if (ttl === '') return 'How long the push service keeps trying, in seconds.';
  return ttl === 0 ? 'Only for devices that are online right now.' : `Kept for up to ${formatSeconds(ttl)}.`;
};

function choiceOf({ ttlSeconds, expiresAt }: MessageFields): string {
  if (expiresAt !== null) return UNTIL;
  const value = String(ttlSeconds);
  return CHOICES.some((choice) => choice.value === value) ? value : OTHER;
}

/** Enough of a TTL to reach that time: the engine ends it there in any case. */
function until(expiresAt: number | null): Partial<MessageFields> {
  if (expiresAt === null) return { expiresAt };
  const seconds = Math.ceil((expiresAt - Date.now()) / 1000);
  return { expiresAt, ttlSeconds: Math.min(Math.max(seconds, 1), MAX_TTL_SECONDS) };
}

function summaryOf(fields: MessageFields): string | undefined {
  const { ttlSeconds, expiresAt, urgency, topic } = fields;
  const isSet = ttlSeconds !== DAY || expiresAt !== null || urgency !== 'normal' || topic !== '';
  if (!isSet) return undefined;
  const count = [ttlSeconds !== DAY || expiresAt !== null, urgency !== 'normal', topic !== ''];
  return `${count.filter(Boolean).length} set`;
}

/** How the push service treats the message. */
export function DeliveryFields(props: FieldsProps) {
  const { fields, errors, set } = props;
  const text = textProps(props);
  const choice = choiceOf(fields);
  return (
    <FoldSection
      title="Delivery"
      summary={summaryOf(fields)}
      hasError={(['ttlSeconds', 'expiresAt', 'topic'] as const).some((name) => errors[name] !== undefined)}
    >
      <div className="pd-compose__pair">
        <Select
          label="Keep trying"
          description="For devices that are offline."
          data={CHOICES}
          value={choice}
          allowDeselect={false}
          onChange={(chosen) => {
            if (chosen === UNTIL) set(until(tomorrowAt(UNTIL_HOUR, Date.now())));
            else if (chosen === OTHER) set({ expiresAt: null, ttlSeconds: '' });
            else set({ expiresAt: null, ttlSeconds: Number(chosen) });
          }}
        />
        {choice === UNTIL ? (
          <TextInput
            id={fieldId('expiresAt')}
            type="datetime-local"
            label={FIELD_LABELS.expiresAt}
            description="In the time zone of this computer. Nothing is sent later."
            value={localTime(fields.expiresAt)}
            error={errors.expiresAt}
            onChange={(event) => {
              const at = instantIn(event.currentTarget.value);
              if (at !== null) set(until(at));
            }}
          />
        ) : (
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
        )}
        <Select
          id={fieldId('urgency')}
          label={FIELD_LABELS.urgency}
          description={URGENCY_ON_BATTERIES[fields.urgency]}
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
      </div>
    </FoldSection>
  );
}
