import { Textarea, TextInput } from '@mantine/core';
import type { LanguageTexts as Texts } from '../../../../electron/contract/message.ts';
import type { FieldErrors } from '../../../compose-draft/composition.ts';
import { NO_TEXTS } from '../../../compose-draft/languages.ts';
import { TEXT_DIRECTION } from '../../../ui/text-direction.ts';
import {
  buttonField,
  FIELD_LABELS,
  languageField,
  type FormFieldName,
} from '../../../words/message-fields.ts';
import { TALL } from '../field-props.tsx';
import { fieldId } from '../fields.ts';
import { InsertVariable } from '../variables/InsertVariable.tsx';
import type { Composer } from '../use-composer.ts';

/** What a message says in one language; the default's text applies where nothing is written. */
export function LanguageTexts({
  composer: { fields, set, language },
  errors,
}: {
  composer: Composer;
  errors: FieldErrors;
}) {
  const texts = fields.texts[language] ?? NO_TEXTS;
  const write = (change: Partial<Texts>) => {
    set({ texts: { ...fields.texts, [language]: { ...texts, ...change } } });
  };
  const props = (name: FormFieldName, value: string, fallback: string, change: (text: string) => void) => {
    const field = languageField(name, language);
    return {
      id: fieldId(field),
      label: FIELD_LABELS[name],
      value,
      placeholder: fallback,
      error: errors[field],
      rightSection: (
        <InsertVariable field={fieldId(field)} label={FIELD_LABELS[name]} value={value} onChange={change} />
      ),
      onChange: (event: { currentTarget: { value: string } }) => {
        change(event.currentTarget.value);
      },
    };
  };
  const own = (name: 'title' | 'body' | 'url') =>
    props(name, texts[name], fields[name], (text) => {
      write({ [name]: text });
    });
  return (
    <>
      <p className="pd-compose__remark">Empty fields use the default text.</p>
      <TextInput {...TEXT_DIRECTION} lang={language} {...own('title')} />
      <Textarea
        {...TEXT_DIRECTION}
        lang={language}
        autosize
        minRows={2}
        maxRows={8}
        {...own('body')}
        {...TALL}
      />
      <TextInput inputMode="url" spellCheck={false} {...own('url')} />
      {fields.actions.map(({ title, url }, at) =>
        title.trim() === '' && url.trim() === '' ? null : (
          <TextInput
            key={at}
            {...TEXT_DIRECTION}
            lang={language}
            {...props(buttonField(at + 1, 'Title'), texts.actions[at] ?? '', title, (text) => {
              // Texts before it that were never written are the default's.
              const before = Array.from(
                { length: fields.actions.length },
                (_, one) => texts.actions[one] ?? '',
              );
              write({ actions: before.with(at, text) });
            })}
          />
        ),
      )}
    </>
  );
}
