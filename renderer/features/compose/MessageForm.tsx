import { Textarea, TextInput } from '@mantine/core';
import type { PersonalPreflight } from '../../../electron/contract/preflight.ts';
import type { FieldErrors } from '../../compose-draft/composition.ts';
import { FoldSection } from '../../ui/FoldSection.tsx';
import { FormSection } from '../../ui/FormSection.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { changeIn, ownFieldsIn } from '../../compose-draft/languages.ts';
import { FillFromPage } from './autofill/FillFromPage.tsx';
import { Buttons } from './Buttons.tsx';
import { DeliveryFields } from './DeliveryFields.tsx';
import { Languages } from './languages/Languages.tsx';
import { hint, setWords, TALL, textProps } from './field-props.tsx';
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
  const link = { inputMode: 'url', spellCheck: false, placeholder: 'https://' } as const;

  return (
    <div className="pd-compose__form">
      <FormSection title="Message">
        <Languages composer={composer} errors={errors} counts={languages}>
          <TextInput {...TEXT_DIRECTION} aria-required {...text('title')} />
          <Textarea {...TEXT_DIRECTION} autosize minRows={2} maxRows={8} {...text('body')} {...TALL} />
          <TextInput
            description="Opens on click. A full address or a path like /news."
            {...link}
            {...text('url')}
          />
        </Languages>
        <MissingValues composer={composer} error={errors.missingValues} />
        <FillFromPage
          fields={ownFieldsIn(composer.fields, composer.language)}
          language={composer.language}
          onFill={(change) => {
            composer.set(changeIn(composer.fields, composer.language, change));
          }}
        />
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
