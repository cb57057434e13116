import type { OwnSubscription } from '../../electron/contract/http.ts';
import type { Problem as Told } from '../shared/problem.ts';
import type { Choice } from './status.ts';

/** What the page asks of its worker, which alone subscribes and talks to the engine: there is one, which remembers for all tabs. */
export interface Ask {
  readonly pushdesk: 'check' | 'subscribe' | 'unsubscribe' | 'choose';
  readonly engine: string | null;
  readonly publicKey?: string | null;
  readonly tags?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  /**
   * What the worker may bring over from another sender, without a press: in place of this subscription, or of the one that it has
   * itself.
   */
  readonly over?: { readonly from: OwnSubscription | null } | undefined;
  /** What the visitor chose just now. */
  readonly choice?: { readonly [Name in keyof Choice]: Choice[Name] | undefined };
}

/** What the worker answers. */
export interface Answer {
  readonly state: 'off' | 'on' | 'denied';
  readonly problem: Told | null;
  readonly told: boolean;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly json: string | null;
}
