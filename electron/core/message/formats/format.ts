import type { Message, MessageFieldName, PayloadFormat } from '../../../contract/message.ts';
import type { PayloadParts } from '../payload-parts.ts';

/** A shape in which a message can reach a service worker. */
export interface PayloadFormatDescriptor {
  readonly id: PayloadFormat;
  readonly name: string;
  /** One sentence on who it is for. */
  readonly goodFor: string;
  /** Fields that the worker it is made for ignores. */
  readonly ignores: readonly MessageFieldName[];
  /** Why the worker it is made for sends no receipts; `null`: it does. */
  readonly withoutReceipts: (message: Message) => string | null;
  /** The payload; a pure function, so that the same message is measured, shown and sent alike. */
  readonly build: (parts: PayloadParts, message: Message) => object;
}
