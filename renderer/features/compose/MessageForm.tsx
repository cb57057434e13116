import { Textarea, TextInput } from '@mantine/core';
import type { PersonalPreflight } from '../../../electron/contract/preflight.ts';
import type { FieldErrors } from '../../compose-draft/composition.ts';
import { FoldSection } from '../../ui/FoldSection.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { FillFromPage } from './autofill/FillFromPage.tsx';
import { Buttons } from './Buttons.tsx';
import { DeliveryFields } from './DeliveryFields.tsx';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { fieldId } from './fields.ts';
import { InsertVariable } from './variables/InsertVariable.tsx';
import { Languages } from './languages/Languages.tsx';
import { hint, setWords, textProps } from './field-props.ts';
import { LookFields } from './LookFields.tsx';
import { MissingValues } from './MissingValues.tsx';
import { PayloadFields } from './PayloadFields.tsx';
import { TrackingFields } from './TrackingFields.tsx';
import type { Composer } from './use-composer.ts';

const PICTURES = ['iconUrl', 'badgeUrl', 'imageUrl'] as const;

/** All fields of a message: what everybody writes, then what few need, folded. `errors` holds what is wrong, by field. */
export function MessageForm({
  composer,
  errors,
  languages,
}: {
  composer: Composer;
  errors: FieldErrors;
  /** How many get each language; empty: nobody knows, or all get the same. */
  languages: PersonalPreflight['languages'];
}) {
  const props = { fields: composer.fields, errors, set: composer.set };
  const text = textProps(props);
  const variable = (name: 'title' | 'body' | 'url') => (
    <InsertVariable
      field={fieldId(name)}
      label={FIELD_LABELS[name]}
      value={composer.fields[name]}
      onChange={(value) => {
        composer.set({ [name]: value });
      }}
    />
  );
  const link = { inputMode: 'url', spellCheck: false, placeholder: 'https://' } as const;

  return (
    <div className="pd-compose__form">
      <FormSection title="Message">
        <Languages composer={composer} errors={errors} counts={languages}>
          <TextInput {...TEXT_DIRECTION} aria-required {...text('title')} rightSection={variable('title')} />
          <Textarea
            {...TEXT_DIRECTION}
            autosize
            minRows={2}
            maxRows={8}
            {...text('body')}
            rightSection={variable('body')}
            rightSectionProps={{ className: 'pd-compose__variable' }}
          />
          <TextInput
            description="Opens on click. A full address or a path like /news."
            {...link}
            {...text('url')}
            rightSection={variable('url')}
          />
        </Languages>
        <MissingValues composer={composer} />
        <FillFromPage fields={composer.fields} onFill={composer.set} />
      </FormSection>
      <FoldSection
        title="Pictures"
        summary={setWords(PICTURES.map((name) => composer.fields[name] !== ''))}
        hasError={PICTURES.some((name) => errors[name] !== undefined)}
      >
        <div className="pd-compose__pair">
          <TextInput description={hint('icon')} {...link} {...text('iconUrl')} />
          <TextInput description={hint('badge')} {...link} {...text('badgeUrl')} />
        </div>
        <TextInput description={hint('image')} {...link} {...text('imageUrl')} />
      </FoldSection>
      {composer.language === '' && (
        <FoldSection
          title="Buttons"
          note={hint('actions')}
          summary={setWords(composer.fields.actions.map(({ title, url }) => title !== '' || url !== ''))}
          hasError={Object.keys(errors).some((name) => /^action[^@]*$/.test(name))}
        >
          <Buttons {...props} />
        </FoldSection>
      )}
      <LookFields {...props} />
      <DeliveryFields {...props} />
      <TrackingFields {...props} ownSites={composer.ownSites} />
      <PayloadFields {...props} payload={composer.payload} />
    </div>
  );
}
