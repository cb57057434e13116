import { TextInput } from '@mantine/core';
import { utmNames, utmValueSchema, type UtmName } from '../../../electron/contract/utm.ts';
import { isOwnLink, trackedLink } from '../../../electron/core/message/links/utm.ts';
import { FoldSection } from '../../ui/FoldSection.tsx';
import { setWords, type FieldsProps } from './field-props.tsx';
import { fieldId } from './fields.ts';

const WORDS: Record<UtmName, { label: string; placeholder: string }> = {
  source: { label: 'Source (utm_source)', placeholder: 'pushdesk' },
  medium: { label: 'Medium (utm_medium)', placeholder: 'web-push' },
  campaign: { label: 'Name (utm_campaign)', placeholder: 'spring-sale' },
};

/**
 * What web analytics read from the links of the message.
 *
 * @param props `ownSites`: origins whose links get it
 */
export function TrackingFields({
  fields,
  errors,
  set,
  ownSites,
}: FieldsProps & { ownSites: readonly string[] }) {
  const { utm } = fields;
  const faults = utmNames.map((name) => utmValueSchema.safeParse(utm[name]).error?.issues[0]?.message);
  const firstFault = Math.max(
    0,
    faults.findIndex((fault) => fault !== undefined),
  );
  const isSet = utmNames.some((name) => utm[name].trim() !== '');
  return (
    <FoldSection
      title="Campaign tracking (UTM)"
      summary={setWords(utmNames.map((name) => utm[name].trim() !== ''))}
      note="Added to links to your own sites. Parameters that a link already has stay."
      hasError={errors.utm !== undefined}
    >
      <div className="pd-compose__pair">
        {utmNames.map((name, at) => (
          <TextInput
            key={name}
            // The link in an error leads to the field that it is about.
            id={at === firstFault ? fieldId('utm') : `${fieldId('utm')}-${name}`}
            {...WORDS[name]}
            spellCheck={false}
            value={utm[name]}
            error={errors.utm === undefined ? undefined : faults[at]}
            onChange={(event) => {
              set({ utm: { ...utm, [name]: event.currentTarget.value } });
            }}
          />
        ))}
      </div>
      {isSet && errors.utm === undefined && (
        <Resulting links={linksOf(fields)} utm={utm} ownSites={ownSites} />
      )}
    </FoldSection>
  );
}

/** The links that people can open, each once. */
const linksOf = ({ url, actions, texts }: FieldsProps['fields']): string[] => [
  ...new Set(
    [url, ...actions.map((action) => action.url), ...Object.values(texts).map((text) => text.url)]
      .map((link) => link.trim())
      .filter((link) => link !== ''),
  ),
];

function Resulting({
  links,
  utm,
  ownSites,
}: {
  links: readonly string[];
  utm: FieldsProps['fields']['utm'];
  ownSites: readonly string[];
}) {
  if (links.length === 0)
    return <p className="pd-compose__links-note">Enter a URL above to see the link with its parameters.</p>;
  return (
    <figure className="pd-compose__links" aria-label="Links with parameters">
      <figcaption>{links.length === 1 ? 'Resulting link' : 'Resulting links'}</figcaption>
      <ul>
        {links.map((link) => {
          const tracked = trackedLink(link, utm, ownSites);
          return (
            <li key={link}>
              <code dir="ltr">{tracked}</code>
              {tracked === link && (
                <span>
                  {isOwnLink(link, ownSites)
                    ? 'Unchanged: it has these parameters already.'
                    : 'Unchanged: this is not one of your sites. Add it under Server → Your sites.'}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </figure>
  );
}
