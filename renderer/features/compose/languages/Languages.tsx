import { Button, Tabs } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PersonalPreflight } from '../../../../electron/contract/preflight.ts';
import type { FieldErrors } from '../../../compose-draft/composition.ts';
import { NO_TEXTS } from '../../../compose-draft/languages.ts';
import { countOf, formatCount } from '../../../format/numbers.ts';
import { languageName } from '../../../../electron/core/text/language-name.ts';
import { partsOfField, type LanguageFieldName } from '../../../words/message-fields.ts';
import type { Composer } from '../use-composer.ts';
import { AddLanguage } from './AddLanguage.tsx';
import { LanguageTexts } from './LanguageTexts.tsx';
import './languages.css';

/** No language tag. */
const DEFAULT = '*';

interface LanguagesProps {
  composer: Composer;
  errors: FieldErrors;
  /** How many get each language, as far as it is known; an empty one is the default. */
  counts: PersonalPreflight['languages'];
  /** The texts of the default. */
  children: ReactNode;
}

/** The texts of a message, in tabs once there is more than one language. */
export function Languages({ composer, errors, counts, children }: LanguagesProps) {
  const { fields, set, language, setLanguage } = composer;
  const others = Object.keys(fields.texts);
  const add = (
    <AddLanguage
      there={others}
      onAdd={(added) => {
        set({ texts: { ...fields.texts, [added]: NO_TEXTS } });
        setLanguage(added);
      }}
    />
  );
  if (others.length === 0)
    return (
      <>
        {children}
        {add}
      </>
    );
  const faulty = new Set(
    Object.keys(errors).map((field) => partsOfField(field as LanguageFieldName).language),
  );
  const numberOf = (tag: string) =>
    counts.length === 0 ? null : (counts.find((one) => one.language === tag)?.count ?? 0);
  return (
    <Tabs
      className="pd-languages"
      value={language === '' ? DEFAULT : language}
      keepMounted={false}
      onChange={(next) => {
        setLanguage(next === null || next === DEFAULT ? '' : next);
      }}
    >
      <Tabs.List aria-label="Languages of this message">
        {['', ...others].map((tag) => (
          <Tab
            key={tag}
            value={tag === '' ? DEFAULT : tag}
            name={tag === '' ? 'Default' : languageName(tag)}
            count={numberOf(tag)}
            isFaulty={tag !== '' && faulty.has(tag)}
          />
        ))}
      </Tabs.List>
      <Tabs.Panel value={language === '' ? DEFAULT : language} className="pd-languages__panel">
        {language === '' ? children : <LanguageTexts composer={composer} errors={errors} />}
        <div className="pd-languages__acts">
          {add}
          {language !== '' && (
            <Button
              size="xs"
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => {
                const left = Object.entries(fields.texts).filter(([tag]) => tag !== language);
                set({ texts: Object.fromEntries(left) });
                setLanguage('');
              }}
            >
              Remove {languageName(language)}
            </Button>
          )}
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}

interface TabProps {
  value: string;
  name: string;
  count: number | null;
  isFaulty: boolean;
}

function Tab({ value, name, count, isFaulty }: TabProps) {
  const words = [name, count === null ? '' : countOf(count, 'recipient'), isFaulty ? 'has an error' : ''];
  return (
    <Tabs.Tab value={value} aria-label={words.filter((word) => word !== '').join(', ')}>
      <span className="pd-languages__tab" data-faulty={isFaulty || undefined}>
        {name}
        {count !== null && <span className="pd-soft pd-figures">{formatCount(count)}</span>}
      </span>
    </Tabs.Tab>
  );
}
