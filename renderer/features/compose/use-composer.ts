import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Audience } from '../../../electron/contract/campaign-audience.ts';
import { ownSitesOf } from '../../../electron/core/message/links/utm.ts';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../../../electron/core/message/payload.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import {
  audienceOf,
  checkFields,
  sizedMessageOf,
  type Choice,
  type Composition,
  type MessageFields,
} from '../../compose-draft/composition.ts';

export interface Composer extends Composition {
  set: (change: Partial<MessageFields>) => void;
  setChoice: (choice: Choice) => void;
  /** Keeps what else is chosen, under a name of its own; `undefined` takes it away. */
  setOther: (name: string, value: unknown) => void;
  /** Whose texts are on the screen; empty: the default. */
  language: string;
  setLanguage: (language: string) => void;
  /** `null` while nobody is chosen. */
  audience: Audience | null;
  checked: ReturnType<typeof checkFields>;
  /** The payload as it would be sent now, and the size of its encoded form. */
  payload: object;
  /** Origins of the person's own sites. */
  ownSites: readonly string[];
  payloadBytes: number;
}

/**
 * The state of Compose.
 * @param initial what it begins with
 * @param keep called with each change
 */
export function useComposer(initial: Composition, keep: (composition: Composition) => void): Composer {
  const [composition, setComposition] = useState(initial);
  const settings = useQuery(useQueries().app.settings.queryOptions()).data;
  const asksReceipts = settings?.receipts ?? false;
  const ownSites = settings === undefined ? [] : ownSitesOf(settings);
  const [language, setLanguage] = useState('');
  const change = (next: Composition) => {
    setComposition(next);
    keep(next);
  };
  const payload = buildPayload(
    sizedMessageOf(composition.fields),
    EXAMPLE_PAYLOAD_ID,
    asksReceipts,
    ownSites,
  );
  return {
    ...composition,
    set(fields) {
      change({ ...composition, fields: { ...composition.fields, ...fields } });
    },
    setChoice(choice) {
      change({ ...composition, choice });
    },
    setOther(name, value) {
      change({ ...composition, choices: { ...composition.choices, [name]: value } });
    },
    language: Object.hasOwn(composition.fields.texts, language) ? language : '',
    setLanguage,
    audience: audienceOf(composition.choice),
    checked: checkFields(composition.fields),
    payload,
    ownSites,
    payloadBytes: encodePayload(payload).bytes,
  };
}
