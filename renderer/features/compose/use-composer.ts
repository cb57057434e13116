import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Audience } from '../../../electron/contract/campaign-audience.ts';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../../../electron/core/message/payload.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import {
  audienceOf,
  checkFields,
  choiceOf,
  compositionOf,
  isBlank,
  sizedMessageOf,
  type Choice,
  type Composition,
  type MessageFields,
} from '../../compose-draft/composition.ts';

const SAVE_AFTER_MS = 400;

export interface Composer extends Composition {
  set: (change: Partial<MessageFields>) => void;
  setChoice: (choice: Choice) => void;
  /** `null` while nobody is chosen. */
  audience: Audience | null;
  /** Begins an empty message to everyone. */
  clear: () => void;
  /** Forgets what is not kept yet, because it was sent. */
  discard: () => void;
  checked: ReturnType<typeof checkFields>;
  /** The payload as it would be sent now, and the size of its encoded form. */
  payload: object;
  payloadBytes: number;
}

/** As it comes back from what is kept. */
const nameOf = (choice: Choice) => JSON.stringify(choiceOf(audienceOf(choice)));

/**
 * The state of Compose; what changes is kept after a moment, and at once when the screen is left.
 * @param initial what is kept; recipients that somebody else puts there later, such as an undo, are taken over
 */
export function useComposer(initial: Composition, keep: (composition: Composition) => void): Composer {
  const [composition, setComposition] = useState(initial);
  const asksReceipts = useQuery(useQueries().app.settings.queryOptions()).data?.receipts ?? false;
  const unsaved = useRef<Composition | null>(null);
  const given = nameOf(initial.choice);
  const keptChoice = useRef(given);
  const save = useEffectEvent(() => {
    if (unsaved.current) {
      keptChoice.current = nameOf(unsaved.current.choice);
      keep(unsaved.current);
    }
    unsaved.current = null;
  });

  const takeGiven = useEffectEvent(() => {
    if (given === keptChoice.current) return;
    keptChoice.current = given;
    const next = { ...composition, choice: initial.choice };
    if (unsaved.current) unsaved.current = next;
    setComposition(next);
  });
  useEffect(() => {
    takeGiven();
  }, [given]);

  useEffect(() => {
    if (!unsaved.current) return;
    const timer = setTimeout(save, SAVE_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [composition]);
  useEffect(() => {
    const leave = () => {
      save();
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  const change = (next: Composition) => {
    unsaved.current = next;
    setComposition(next);
  };
  const payload = buildPayload(sizedMessageOf(composition.fields), EXAMPLE_PAYLOAD_ID, asksReceipts);
  return {
    ...composition,
    set(fields) {
      change({ ...composition, fields: { ...composition.fields, ...fields } });
    },
    setChoice(choice) {
      change({ ...composition, choice });
    },
    audience: audienceOf(composition.choice),
    clear() {
      // Recipients that were chosen for a message that is still to be written are what it begins with.
      const empty = compositionOf(null);
      change(isBlank(composition.fields) ? { ...composition, fields: empty.fields } : empty);
    },
    discard() {
      unsaved.current = null;
    },
    checked: checkFields(composition.fields),
    payload,
    payloadBytes: encodePayload(payload).bytes,
  };
}
