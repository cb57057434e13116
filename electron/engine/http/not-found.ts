import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from './answer-errors.ts';
import type { ErrorAnswer } from './answer-errors.ts';
import { shownPath } from './request-log.ts';

/**
 * Answers what no route takes: 405 with the right methods if the path exists, otherwise 404. Call it before the routes are added, since it
 * learns them as they are. (Asking the router about a path would parse a stranger's path as a pattern, which some are not.)
 */
export function answerNotFound(app: FastifyInstance): void {
  const methodsByPath = new Map<string, string[]>();
  app.addHook('onRoute', ({ method, url }) => {
    methodsByPath.set(url, [...(methodsByPath.get(url) ?? []), method].flat());
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const path = pathOf(request);
    const methods = methodsByPath.get(path);
    if (methods === undefined) return refuse(request, reply, noSuchPath(path));
    void reply.header('allow', methods.join(', '));
    return refuse(request, reply, wrongMethod(request.method, methods));
  });
}

const pathOf = (request: FastifyRequest) => request.url.split(/[?#]/, 1)[0] ?? '';

const wrongMethod = (method: string, methods: string[]): ErrorAnswer => ({
  status: 405,
  problem: {
    code: 'wrong-method',
    cause: `${method} cannot be used here.`,
    cure: `Use ${methods.join(' or ')}.`,
  },
});

const noSuchPath = (path: string): ErrorAnswer => ({
  status: 404,
  problem: {
    code: 'no-such-path',
    cause: `There is nothing at ${shownPath(path)}.`,
    cure: 'The subscribe page is at /.',
  },
});
