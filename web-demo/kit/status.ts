import type { Problem as Told } from '../shared/problem.ts';

/** What went wrong: for the developer in English (`cause`, `cure`), for the visitor in the page's language (`text`). */
export interface Problem extends Told {
  readonly text: string;
}

/** The state of the kit. It is frozen: what a page does to it changes nothing here. */
export interface Status {
  /**
   * `checking`: it is not known yet. `working`: the browser or the engine is being asked. `denied`: the visitor has blocked notifications.
   * `unsupported`: push cannot work here.
   */
  readonly state: 'checking' | 'unsupported' | 'denied' | 'off' | 'working' | 'on';
  readonly problem: Problem | null;
  /** Whether the engine knows what this browser has. */
  readonly told: boolean;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** The subscription with its key, tags and attributes, as Pushdesk imports it; `null`: there is none. */
  readonly json: string | null;
}

export interface Options {
  /** Address of the engine's public routes, such as `https://push.example.org/`. Without one nobody is told: `json` is to be pasted. */
  engine?: string | null;
  /** The key to subscribe with while the engine cannot be asked; 87 characters of base64url. */
  publicKey?: string | null;
  /** Address of `pushdesk-worker.js` on this site. */
  worker?: string | null;
  /** The worker's scope; the folder of its file unless told otherwise. */
  scope?: string | null;
  /** The site has a service worker, and it runs `pushdesk-worker.js`: that one is used, and none is registered. */
  existingWorker?: boolean;
  /** Files of another sender's workers on this site: what they have is taken over. */
  takeOver?: readonly string[];
  /** Tell no engine, even though there is one. */
  offline?: boolean;
  /** Language of the texts, in place of the page's own. */
  lang?: string | null;
  tags?: readonly string[];
  attributes?: Readonly<Record<string, string>>;
}

/** What a visitor chose. */
export interface Choice {
  tags?: readonly string[];
  attributes?: Readonly<Record<string, string>>;
}

/** The global `pushdesk`, and the exports of the module. None of it ever throws or rejects. */
export interface Kit {
  readonly version: string;
  readonly configure: (options: Options) => void;
  /** Asks the visitor and subscribes. Call it in the handler of a click, before anything is awaited. */
  readonly subscribe: (choice?: Choice) => Promise<Status>;
  readonly unsubscribe: () => Promise<Status>;
  /** Looks at what the browser has, puts right what differs from what the engine wants, and tells it. */
  readonly state: () => Promise<Status>;
  readonly setTags: (tags: readonly string[]) => Promise<Status>;
  readonly setAttributes: (attributes: Readonly<Record<string, string>>) => Promise<Status>;
  /** Calls back now and at each change. @returns a function that ends it */
  readonly onChange: (listener: (status: Status) => void) => () => void;
}
