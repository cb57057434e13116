/** Pushdesk's kit for your own site: https://github.com/pushdesk/pushdesk, docs/your-site.md. */

export interface PushdeskProblem {
  /** For programs, such as `denied` or `worker-not-found`. */
  readonly code: string;
  /** What happened, for a developer, in English. */
  readonly cause: string;
  /** What to do about it, for a developer, in English. */
  readonly cure: string;
  /** For the visitor, in the language of the page. */
  readonly text: string;
}

export interface PushdeskStatus {
  readonly state: 'checking' | 'unsupported' | 'denied' | 'off' | 'working' | 'on';
  readonly problem: PushdeskProblem | null;
  /** Whether the engine knows this subscription. */
  readonly told: boolean;
  /** What the visitor chose. */
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** The subscription with its key, tags and attributes, to be pasted into Pushdesk; `null`: there is none. */
  readonly json: string | null;
}

export interface PushdeskOptions {
  /** Address of your Pushdesk, such as `https://push.example.org/`. Without it, nobody is told. */
  engine?: string | null;
  /** The key pair's public key, used while Pushdesk cannot be asked. */
  publicKey?: string | null;
  /** Address of `pushdesk-worker.js` on your site: `/pushdesk/pushdesk-worker.js`, unless said otherwise. */
  worker?: string | null;
  /** Scope of the worker: its folder, unless said otherwise. */
  scope?: string | null;
  /** Your site has a service worker that runs `pushdesk-worker.js`; `scope` is its own, `/` unless said otherwise. */
  existingWorker?: boolean;
  /**
   * Worker files of the service you are moving from, such as `['/OneSignalSDKWorker.js']`. Their subscriptions are kept or renewed on the
   * visitor's next visit, without asking again.
   */
  takeOver?: readonly string[];
  /** Tell no engine: `json` is there to be pasted. */
  offline?: boolean;
  /** `en` or `es`, in place of the page's own language. */
  lang?: string | null;
  /** Tags for everybody who subscribes on this page. */
  tags?: readonly string[];
  attributes?: Readonly<Record<string, string>>;
}

export interface PushdeskChoice {
  tags?: readonly string[];
  attributes?: Readonly<Record<string, string>>;
}

export interface Pushdesk {
  readonly version: string;
  /** Says where the engine and the worker are, and looks at what this browser has. */
  configure(options: PushdeskOptions): void;
  /** Asks the visitor and subscribes. Call it in a click handler, before any `await`. */
  subscribe(choice?: PushdeskChoice): Promise<PushdeskStatus>;
  unsubscribe(): Promise<PushdeskStatus>;
  /** Looks again. */
  state(): Promise<PushdeskStatus>;
  setTags(tags: readonly string[]): Promise<PushdeskStatus>;
  setAttributes(attributes: Readonly<Record<string, string>>): Promise<PushdeskStatus>;
  /** Calls back now and at each change. @returns a function that ends it */
  onChange(listener: (status: PushdeskStatus) => void): () => void;
}

export const version: Pushdesk['version'];
export const configure: Pushdesk['configure'];
export const subscribe: Pushdesk['subscribe'];
export const unsubscribe: Pushdesk['unsubscribe'];
export const state: Pushdesk['state'];
export const setTags: Pushdesk['setTags'];
export const setAttributes: Pushdesk['setAttributes'];
export const onChange: Pushdesk['onChange'];

declare global {
  interface Window {
    /** There once `pushdesk.js` has run. */
    pushdesk?: Pushdesk;
  }
}
