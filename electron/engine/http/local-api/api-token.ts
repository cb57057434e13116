import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiTokenPlace } from '../../../contract/server.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import { keepAside, readPrivateFile, writePrivateFile } from '../../../files/private-file.ts';
import type { Clock } from '../../base/clock.ts';
import type { Host } from '../../base/host.ts';
import type { Log } from '../../base/log.ts';

/** What a script must present to the local API. */
export interface ApiTokenKeeper {
  /**
   * Shows it in a system dialog.
   * @throws Refusal UNAVAILABLE if there is none, or nobody responded
   */
  show(): Promise<ApiTokenPlace>;
  /**
   * Puts it on the clipboard.
   * @throws Refusal UNAVAILABLE like `show`
   */
  copy(): Promise<ApiTokenPlace>;
  /** @throws Refusal CONFLICT if it comes from the environment */
  renew(): Promise<ApiTokenPlace>;
  /** Says that the file held no token at this start, so that scripts need the new one; `null` once it was renewed. */
  problem(): Problem | null;
  /** In constant time, so that the duration reveals nothing about how much of it was right. */
  isRight(candidate: string): boolean;
}

export interface ApiTokenOptions {
  /** Where it is stored, readable by this user only. */
  file: string;
  /** A token that is used instead and never written; `null`: none. */
  fromEnvironment: string | null;
  /** Where the person sees it; `null`: nowhere. */
  desktop: Pick<Host['desktop'], 'showSecret' | 'copySecret'> | null;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

const TOKEN_BYTES = 32;
/** What a header can carry as a bearer token (RFC 6750 §2.1), long enough not to be guessed. */
const TOKEN = /^[A-Za-z0-9._~+/-]{32,512}=*$/;

/** Whether a text is suitable as a token. */
export const isToken = (text: string): boolean => TOKEN.test(text);

/**
 * Opens the token, or creates it at the first start: 32 random bytes in base64url. It is stored in its own file beside the store and never
 * in it, so that neither a copy of the store nor a log contains it.
 */
export async function openApiToken({
  file,
  fromEnvironment,
  desktop,
  clock,
  log,
}: ApiTokenOptions): Promise<ApiTokenKeeper> {
  let problem: Problem | null = null;
  const replace = (text: string): null => {
    const aside = text === '' ? null : keepAside(file, new Date(clock.now()));
    log.warn({ file, aside }, 'the API token file has no token; a new one is made');
    problem = replacedProblem(file, aside);
    return null;
  };
  const readToken = async (): Promise<string | null> => {
    const text = (await readPrivateFile(file))?.trim() ?? null;
    return text === null || isToken(text) ? text : replace(text);
  };
  let token = fromEnvironment ?? (await readToken()) ?? (await makeToken(file));
  const place: ApiTokenPlace = { file: fromEnvironment === null ? file : null };
  const theDesktop = () => {
    if (desktop === null) throw noDesktop(place);
    return desktop;
  };

  return {
    async show() {
      const { shown } = await theDesktop().showSecret({
        title: 'API token',
        text: token,
        note: 'Scripts on this machine use it to send and read. Keep it secret.',
      });
      if (!shown) throw notPressed();
      return place;
    },
    async copy() {
      const { copied } = await theDesktop().copySecret({ text: token });
      if (!copied) throw notPressed();
      return place;
    },
    async renew() {
      if (fromEnvironment !== null) throw fixedToken();
      token = await makeToken(file);
      problem = null;
      log.info('made a new API token');
      return place;
    },
    problem: () => problem,
    // Hashes, because a comparison in constant time needs both sides to have the same length.
    isRight: (candidate) => timingSafeEqual(sha256(candidate), sha256(token)),
  };
}

async function makeToken(file: string): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await writePrivateFile(file, `${token}\n`);
  return token;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

const replacedProblem = (file: string, aside: string | null): Problem => ({
  code: 'api-token-replaced',
  cause: `The file ${file} held no valid API token, so Pushdesk made a new one.${aside === null ? '' : ` The old file is now ${aside}.`}`,
  cure: 'Give your scripts the new token, or quit Pushdesk, put the right one into the file and start again.',
});

const notPressed = () =>
  new Refusal('UNAVAILABLE', {
    code: 'api-token-press',
    cause: 'The API token is shown and copied only right after you press a button.',
    cure: 'Close any other dialog and press the button again.',
  });

const noDesktop = ({ file }: ApiTokenPlace) =>
  new Refusal('UNAVAILABLE', {
    code: 'no-desktop',
    cause: 'There is no window to show the API token in.',
    cure: file === null ? 'It is in PUSHDESK_API_TOKEN.' : `It is in the file ${file}.`,
  });

const fixedToken = () =>
  new Refusal('CONFLICT', {
    code: 'api-token-fixed',
    cause: 'The API token comes from PUSHDESK_API_TOKEN, or the file that PUSHDESK_API_TOKEN_FILE names.',
    cure: 'Set another one there, then start Pushdesk again.',
  });
