import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import type { Audience } from '../../../../electron/contract/campaign-audience.ts';
import type { MessageFields } from '../../../compose-draft/composition.ts';
import { visibleText } from '../../../../electron/core/text/visible-text.ts';
import { trackedLink } from '../../../../electron/core/message/links/utm.ts';
import { formatCount } from '../../../format/numbers.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { attributeLabel } from '../../../words/attributes.ts';
import { languageName } from '../../../../electron/core/text/language-name.ts';
import { SubscriptionPicker } from '../SubscriptionPicker.tsx';
import type { RecipientChoice } from './use-recipient-preview.ts';
import './recipient.css';

interface RecipientPickerProps {
  choice: RecipientChoice;
  fields: MessageFields;
  /** Whom the search covers; `null`: nobody is chosen yet. */
  audience: Audience | null;
  /** Origins of the person's own sites, whose links get UTM parameters. */
  ownSites: readonly string[];
}

/** Chooses whose text the preview shows: the text as written, or as one recipient gets it. It is absent where everyone gets the same. */
export function RecipientPicker({ choice, fields, audience, ownSites }: RecipientPickerProps) {
  const { isOffered, shown, isNobody, problem, choose, step } = choice;
  if (!isOffered) return null;
  return (
    <div className="pd-recipient" role="group" aria-label="Preview for a recipient">
      <div className="pd-recipient__line">
        <SubscriptionPicker
          size="xs"
          label="Preview for"
          hidesLabel
          placeholder="Text as written"
          clearable={false}
          among={audience}
          value={shown?.subscription.id ?? null}
          onChange={choose}
        />
        {(['previous', 'next'] as const).map((way) => (
          <Tooltip key={way} label={way === 'next' ? 'Next recipient' : 'Previous recipient'}>
            <ActionIcon
              variant="default"
              size={34}
              aria-label={way === 'next' ? 'Next recipient' : 'Previous recipient'}
              onClick={() => {
                step(way);
              }}
            >
              {way === 'next' ? (
                <IconChevronRight size={16} aria-hidden />
              ) : (
                <IconChevronLeft size={16} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        ))}
        <Tooltip label="Show the text as written">
          <ActionIcon
            variant="default"
            size={34}
            aria-label="Show the text as written"
            disabled={shown === null && !isNobody}
            onClick={() => {
              choose(null);
            }}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      {isNobody && <p className="pd-recipient__words">Nobody in this audience can be reached.</p>}
      {shown !== null && <Facts shown={shown} fields={fields} ownSites={ownSites} />}
    </div>
  );
}

function Facts({
  shown: { language, values, missing, isRecipient, message, payloadBytes },
  fields,
  ownSites,
}: Pick<RecipientPickerProps, 'fields' | 'ownSites'> & { shown: NonNullable<RecipientChoice['shown']> }) {
  const used = [
    ...(Object.keys(fields.texts).length === 0
      ? []
      : [language === '' ? 'Default text' : `Text in ${languageName(language)}`]),
    ...Object.entries(values).map(([name, value]) => `${attributeLabel(name)}: ${visibleText(value)}`),
    `${formatCount(payloadBytes)} bytes`,
  ];
  const links = [...new Set([message.url, ...message.actions.map(({ url }) => url)])].filter(
    (link) => link !== '',
  );
  const fate = fields.missingValues === 'block' ? 'Nothing can be sent like this' : 'They are left out';
  return (
    <div role="status">
      {!isRecipient && (
        <p className="pd-recipient__words" data-tone="warn">
          Not in this audience, or can’t be reached: they get nothing.
        </p>
      )}
      {missing.length > 0 && (
        <p className="pd-recipient__words" data-tone="warn">
          No value for {missing.join(', ')}. {fate}, unless you add a fallback.
        </p>
      )}
      <p className="pd-recipient__words">
        <bdi>{used.join(' · ')}</bdi>
      </p>
      {links.map((link) => (
        <p key={link} className="pd-recipient__words">
          Opens <code dir="ltr">{trackedLink(link, fields.utm, ownSites)}</code>
        </p>
      ))}
    </div>
  );
}
