import { parseUrl, readWebUrl } from './app-url.ts';
import type { GestureGate } from './gesture.ts';

/** Opens addresses in the person's browser under conditions, because whatever is written in an address gets out that way. */
export interface LinkOpener {
  /** For the page: only http(s), only after a press, and after a question where the address is none of Pushdesk's own. */
  openForPage: (url: string) => Promise<boolean>;
  /** For the engine, which opens its own pages: only after a press. */
  openForEngine: (url: string) => Promise<boolean>;
}

export function createLinkOpener(around: {
  gesture: Pick<GestureGate, 'take'>;
  /** Asks the person whether to open this address. */
  confirm(url: string): Promise<boolean>;
  open(url: string): Promise<boolean>;
  /** A person pressed a link, and no browser opened. */
  notOpened(url: string): void;
}): LinkOpener {
  const ownOrigins = new Set<string>();
  let isAsking = false;

  const confirmed = async (url: string): Promise<boolean> => {
    if (ownOrigins.has(parseUrl(url)?.origin ?? '')) return true;
    isAsking = true;
    try {
      return await around.confirm(url);
    } finally {
      isAsking = false;
    }
  };

  return {
    async openForPage(url) {
      const web = readWebUrl(url);
      if (web === null || isAsking || !around.gesture.take()) return false;
      if (!(await confirmed(web))) return false;
      const isOpened = await around.open(web);
      if (!isOpened) around.notOpened(web);
      return isOpened;
    },
    async openForEngine(url) {
      const web = readWebUrl(url);
      if (web === null) return false;
      ownOrigins.add(new URL(web).origin);
      return !isAsking && around.gesture.take() && around.open(web);
    },
  };
}
