import type { Message, MessageFieldName, PayloadFormat } from '../../../contract/message.ts';
import type { PayloadParts } from '../payload-parts.ts';

/** A shape in which a message can reach a service worker. */
export interface PayloadFormatDescriptor {
  readonly id: PayloadFormat;
  readonly name: string;
  /** One sentence on whom it is for. */
  readonly goodFor: string;
  /** Fields that the worker it is made for does nothing with. */
  readonly ignores: readonly MessageFieldName[];
  /** Why no receipts come from the worker it is made for; `null`: they do. */
  readonly withoutReceipts: (message: Message) => string | null;
  /** The payload; a pure function, so that the same message is measured, shown and sent alike. */
  readonly build: (parts: PayloadParts, message: Message) => object;
}
