import { Select, Textarea } from '@mantine/core';
import { payloadFormatSchema } from '../../../electron/contract/message.ts';
import { PAYLOAD_FORMATS } from '../../../electron/core/message/formats/all.ts';
import { OWN_FORMAT_EXAMPLE } from '../../../electron/core/message/formats/own.ts';
import { FoldSection } from '../../ui/FoldSection.tsx';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { setWords, TALL, textProps, type FieldsProps } from './field-props.tsx';
import { fieldId } from './fields.ts';
import { OwnFormats } from './OwnFormats.tsx';

const FORMATS = Object.values(PAYLOAD_FORMATS).map(({ id, name }) => ({ value: id, label: name }));

/**
 * The shape in which the message reaches the service worker, and what else is handed to it.
 *
 * @param props `payload`: as it would be sent now
 */
export function PayloadFields(props: FieldsProps & { payload: object }) {
  const { fields, errors, set, payload } = props;
  const text = textProps(props);
  return (
    <FoldSection
      title="Payload"
      summary={setWords([fields.format !== 'pushdesk', fields.data !== ''])}
      hasError={(['format', 'ownFormat', 'data'] as const).some((name) => errors[name] !== undefined)}
    >
      <Select
        id={fieldId('format')}
        label={FIELD_LABELS.format}
        description={PAYLOAD_FORMATS[fields.format].goodFor}
        data={FORMATS}
        value={fields.format}
        error={errors.format}
        allowDeselect={false}
        onChange={(chosen) => {
          const format = payloadFormatSchema.catch('pushdesk').parse(chosen);
          const begins = format === 'own' && fields.ownFormat.trim() === '';
          set({ format, ...(begins ? { ownFormat: OWN_FORMAT_EXAMPLE } : {}) });
        }}
      />
      {fields.format === 'own' && (
        <>
          <Textarea
            classNames={{ input: 'pd-compose__code' }}
            description="JSON. Placeholders such as {{title}} stand for the parts of the message; empty parts are left out."
            autosize
            minRows={6}
            maxRows={16}
            spellCheck={false}
            {...text('ownFormat')}
          />
          <OwnFormats
            text={fields.ownFormat}
            onUse={(ownFormat) => {
              set({ ownFormat });
            }}
          />
        </>
      )}
      <Textarea
        classNames={{ input: 'pd-compose__code' }}
        description="Any JSON, for your site’s own code."
        placeholder={'{"order": 1042}'}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        {...text('data')}
        {...TALL}
      />
      <figure className="pd-compose__payload" aria-label="Payload as it will be sent">
        <figcaption>As it will be sent</figcaption>
        <pre>{JSON.stringify(payload, null, 2)}</pre>
      </figure>
    </FoldSection>
  );
}
