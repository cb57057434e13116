import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PageFacts } from '../../../../electron/contract/page-facts.ts';
import { visibleOwnText } from '../../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import type { MessageFields } from '../../../compose-draft/composition.ts';
import { countOf } from '../../../format/numbers.ts';
import { DialogButtons } from '../../../ui/Dialog.tsx';
import { FIELD_LABELS } from '../../../words/message-fields.ts';
import './autofill.css';

interface FillFromPageFormProps {
  fields: MessageFields;
  onFill: (change: Partial<MessageFields>) => void;
  onClose: () => void;
}

/** Which field of the message takes which fact of the page, in the order of the form. */
const TAKEN = [
  ['title', 'title'],
  ['body', 'description'],
  ['url', 'url'],
  ['imageUrl', 'imageUrl'],
] as const;
type Taken = (typeof TAKEN)[number][0];

/** What the page has for the fields, unless it is in them already. */
const offersOf = (facts: PageFacts, fields: MessageFields) =>
  TAKEN.flatMap(([name, fact]) =>
    facts[fact] === '' || facts[fact] === fields[name] ? [] : [{ name, text: facts[fact] }],
  );

/** Asks for the address, then which of the fields to fill: those that already hold something only where the person says so. */
export function FillFromPageForm({ fields, onFill, onClose }: FillFromPageFormProps) {
  const [url, setUrl] = useState(/^https?:\/\//.test(fields.url) ? fields.url : '');
  const [chosen, setChosen] = useState<ReadonlySet<Taken>>(new Set());
  const read = useMutation(
    useQueries().campaigns.readPage.mutationOptions({
      onSuccess(facts) {
        const empty = offersOf(facts, fields).filter(({ name }) => fields[name].trim() === '');
        setChosen(new Set(empty.map(({ name }) => name)));
      },
    }),
  );
  const wanted = addressOf(url);
  const offers = read.data === undefined ? null : offersOf(read.data, fields);
  const filled = (offers ?? []).filter(({ name }) => chosen.has(name));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (offers === null) read.mutate({ url: wanted });
        else onFill(Object.fromEntries(filled.map(({ name, text }) => [name, text])));
      }}
    >
      <TextInput
        label="Address of the page"
        description="Pushdesk requests this page once, from this computer or your server."
        data-autofocus
        inputMode="url"
        spellCheck={false}
        placeholder="https://"
        maxLength={2000}
        value={url}
        onChange={(event) => {
          setUrl(event.currentTarget.value);
          read.reset();
        }}
      />
      {offers?.length === 0 && <p className="pd-soft">The message already has what this page says.</p>}
      {offers !== null && offers.length > 0 && (
        <fieldset className="pd-autofill">
          <legend className="pd-autofill__legend">Found on the page</legend>
          {offers.map(({ name, text }) => (
            <Checkbox
              key={name}
              label={FIELD_LABELS[name]}
              checked={chosen.has(name)}
              description={
                <>
                  <span dir="auto" className="pd-autofill__text">
                    {visibleOwnText(text)}
                  </span>
                  {fields[name].trim() !== '' && (
                    <span dir="auto" className="pd-autofill__text">
                      Replaces “<bdi>{visibleOwnText(fields[name])}</bdi>”
                    </span>
                  )}
                </>
              }
              onChange={(event) => {
                const next = new Set(chosen);
                if (event.currentTarget.checked) next.add(name);
                else next.delete(name);
                setChosen(next);
              }}
            />
          ))}
        </fieldset>
      )}
      <DialogButtons problem={read.error === null ? null : problemOf(read.error)}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {offers === null ? (
          <Button type="submit" loading={read.isPending} disabled={wanted === ''}>
            Read page
          </Button>
        ) : (
          <Button type="submit" disabled={filled.length === 0}>
            {filled.length === 0 ? 'Fill fields' : `Fill ${countOf(filled.length, 'field')}`}
          </Button>
        )}
      </DialogButtons>
    </form>
  );
}

/** An address without its scheme is taken as https; empty: it is not an address. */
function addressOf(typed: string): string {
  const text = typed.trim();
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return text !== '' && URL.canParse(whole) && /^https?:$/.test(new URL(whole).protocol) ? whole : '';
}
