import { Refusal } from '../../../contract/problem.ts';
import type { PageFacts } from '../../../contract/page-facts.ts';
import { judgePage, type PageFinding } from '../../../core/message/judge-page.ts';
import { factsOfPage } from '../../../core/message/page-facts.ts';
import { textOfPage } from '../../../core/message/page-text.ts';
import type { Clock } from '../../base/clock.ts';
import { askSite, type SiteConnections } from '../../net/ask-site.ts';

/** From the first byte sent to the last one awaited, redirects included. */
const DEADLINE_MS = 10_000;
const MAX_BYTES = 5_000_000;
/** More than anyone clicks, and few for a hijacked page that smuggles data out in addresses. */
const MAX_A_MINUTE = 20;
const PAGE = /^(text\/html|application\/xhtml\+xml)$/i;

export type ReadPage = (input: { url: string }, signal?: AbortSignal) => Promise<PageFacts>;

/**
 * Reads what a page says about itself, under the rules for all connections.
 * @throws Refusal UNAVAILABLE, with the reason
 */
export function createReadPage({
  connections,
  clock,
  deadlineMs = DEADLINE_MS,
}: {
  connections: SiteConnections;
  clock: Clock;
  deadlineMs?: number;
}): ReadPage {
  let readAt: number[] = [];
  const mayRead = (): boolean => {
    const now = clock.now();
    readAt = readAt.filter((at) => at <= now && now - at < 60_000);
    if (readAt.length >= MAX_A_MINUTE) return false;
    readAt.push(now);
    return true;
  };
  return async ({ url: address }, signal = new AbortController().signal) => {
    const url = new URL(address);
    const refuse = (finding: PageFinding) => new Refusal('UNAVAILABLE', judgePage(finding, url));
    if (!mayRead()) throw refuse({ kind: 'too-often' });
    const deadline = AbortSignal.timeout(deadlineMs);
    const { finding, body, charset, at } = await askSite(
      url,
      { wanted: 'whole', accept: 'text/html, application/xhtml+xml', maxBytes: MAX_BYTES },
      connections,
      AbortSignal.any([signal, deadline]),
    ).catch((error: unknown) => {
      signal.throwIfAborted();
      if (deadline.aborted)
        return { finding: { kind: 'too-slow' } as const, body: null, charset: null, at: url };
      throw error;
    });
    if (finding.kind !== 'answer' || finding.status < 200 || finding.status > 299) throw refuse(finding);
    if (finding.contentType !== null && !PAGE.test(finding.contentType)) throw refuse({ kind: 'no-page' });
    if (body === null) throw refuse({ kind: 'too-large' });
    const facts = factsOfPage(textOfPage(body, charset), at);
    if (facts.title + facts.description + facts.imageUrl === '') throw refuse({ kind: 'says-nothing' });
    return facts;
  };
}
