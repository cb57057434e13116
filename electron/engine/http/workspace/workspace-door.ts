import { hostname } from 'node:os';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  WORKSPACE_PATH,
  WORKSPACE_PROTOCOL,
  WORKSPACE_VERSION,
  type WorkspaceGreeting,
} from '../../../contract/workspace.ts';
import type { Log } from '../../base/log.ts';
import type { EngineRouter } from '../../serve/router.ts';
import { INTERNAL } from '../answer-errors.ts';
import { HttpProblem } from '../http-problem.ts';
import { keepConnection } from '../connection-cap.ts';
import { createAdmission, type AdmissionOptions } from '../local-api/bearer.ts';
import { answerOfApi, refuseWithDetails } from '../local-api/problem-details.ts';
import { requirePublicEntry } from '../public-entry.ts';
import { withoutPrefix } from '../public-path.ts';
import type { Reach } from '../reach.ts';
import type { Admitted } from '../token-gate.ts';
import { createSessions, SESSION_LIMITS, type SessionLimits } from './sessions.ts';
import { routeUpgrades } from './upgrades.ts';

export interface WorkspaceOptions extends AdmissionOptions {
  /** What may be called from elsewhere; requested when the server starts. */
  router: () => EngineRouter;
  /** This Pushdesk's version. */
  version: string;
  workspaceLimits?: Partial<SessionLimits>;
}

/** Also another version of the protocol: it is refused in terms that it understands. */
const ANY_VERSION = /^pushdesk\.workspace\.\d{1,4}$/;

/**
 * Where a desktop app opens this engine remotely: the whole contract, except what is impossible remotely, over a WebSocket
 * (contract/workspace.ts). Whatever HTTP can say is said before the socket begins.
 */
export async function addWorkspaceDoor(
  app: FastifyInstance,
  { router, version, workspaceLimits = {}, ...tokens }: WorkspaceOptions,
  { reach, log }: { reach: () => Reach; log: Log },
): Promise<void> {
  const limits = { ...SESSION_LIMITS, ...workspaceLimits };
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // A small message that unpacks to a large one would get past every limit.
    perMessageDeflate: false,
    maxPayload: limits.frameBytes,
    handleProtocols: (offered) => [...offered].find((name) => ANY_VERSION.test(name)) ?? false,
  });
  const upgrades = routeUpgrades(app.server, {
    isOurs: (request) =>
      isWebSocket(request) && pathOf(withoutPrefix(request, reach().publicAddress)) === WORKSPACE_PATH,
    route: (request, response) => {
      app.routing(request, response);
    },
  });
  const sessions = createSessions({
    router: router(),
    gate: tokens.gate,
    isOn: () => reach().remoteWorkspace,
    limits,
    log,
  });
  app.addHook('preClose', () => {
    upgrades.stop();
    return sessions.stop();
  });

  const begin = (request: FastifyRequest, reply: FastifyReply, admitted: Admitted) => {
    const upgrade = upgrades.of(request.raw);
    if (upgrade === undefined) throw notAsked(reply);
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.some((name) => ANY_VERSION.test(name))) throw noProtocol();
    if (!sessions.hasRoomFor(admitted.id)) throw tooManySockets();
    reply.hijack();
    reply.raw.detachSocket(request.raw.socket);
    keepConnection(request.raw.socket);
    sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket: WebSocket) => {
      const greeting: WorkspaceGreeting = {
        workspace: {
          version,
          contract: WORKSPACE_VERSION,
          name: reach().publicAddress?.url ?? hostname(),
        },
      };
      sessions.add(socket, admitted, {
        greeting: JSON.stringify(greeting),
        written: () => request.raw.socket.bytesWritten,
        isOtherVersion: socket.protocol !== WORKSPACE_PROTOCOL,
      });
    });
  };

  await app.register((door, _options, done) => {
    door.setErrorHandler((error, request, reply) => {
      const answer = answerOfApi(error);
      if (answer === null) log.error({ err: error }, 'the workspace could not be opened');
      return refuseWithDetails(request, reply, answer ?? INTERNAL);
    });
    const admit = createAdmission(door, tokens);
    door.get(
      WORKSPACE_PATH,
      { exposeHeadRoute: false, config: { isPublic: true, rateLimit: false } },
      async (request, reply) => {
        request.note = 'Remote workspace';
        if (!reach().remoteWorkspace) throw switchedOff();
        if (request.caller?.door === 'public') requirePublicEntry(request, reach());
        if (isFromPage(request)) throw fromPage();
        if (request.originalUrl.includes('?')) throw withQuery();
        const admitted = await admit(request, reply, 'owner');
        if (admitted === null) throw machineToken();
        begin(request, reply, admitted);
      },
    );
    done();
  });
}

const isWebSocket = ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket';

const pathOf = (target: string) => target.split('?', 1)[0] ?? '';

/** Programs name no origin; a browser does so for every WebSocket, whichever page asks (RFC 6455 §10.2). */
const isFromPage = ({ headers }: FastifyRequest) =>
  headers.origin !== undefined ||
  headers['sec-fetch-site'] !== undefined ||
  headers['sec-fetch-mode'] !== undefined;

const switchedOff = () =>
  new HttpProblem(403, {
    code: 'workspace-off',
    cause: 'This engine cannot be opened from elsewhere: Remote workspace is off.',
    cure: 'Turn on Remote workspace on Server, or start Pushdesk there with PUSHDESK_REMOTE_WORKSPACE=1.',
  });

const fromPage = () =>
  new HttpProblem(403, {
    code: 'foreign-page',
    cause: 'A web page tried to open the workspace. Only the desktop app may.',
    cure: 'Use File, Open workspace in the desktop app.',
  });

const withQuery = () =>
  new HttpProblem(400, {
    code: 'no-query-here',
    cause: 'The address has a query. A token in an address ends up in logs.',
    cure: 'Send the token in the Authorization header, and consider one that was in an address leaked.',
  });

const machineToken = () =>
  new HttpProblem(403, {
    code: 'token-local',
    cause: 'The API token of this machine does not open a workspace.',
    cure: 'Make an access token with the scope "owner": Access tokens on Server, or "node server.mjs token create".',
  });

function notAsked(reply: FastifyReply): HttpProblem {
  void reply.header('upgrade', 'websocket');
  return new HttpProblem(426, {
    code: 'websocket-only',
    cause: 'A workspace is opened with a WebSocket, and this request did not ask for one.',
    cure: 'Open it in the desktop app. If there is a proxy in front, make it pass on the Upgrade header.',
  });
}

const noProtocol = () =>
  new HttpProblem(400, {
    code: 'workspace-protocol',
    cause: `The request does not offer the WebSocket protocol ${WORKSPACE_PROTOCOL}.`,
    cure: 'Open the workspace in the desktop app.',
  });

const tooManySockets = () =>
  new HttpProblem(429, {
    code: 'too-many-workspaces',
    cause: 'Too many windows have this workspace open.',
    cure: 'Close one of them and try again.',
  });
