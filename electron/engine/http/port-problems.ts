import type { Problem } from '../../contract/problem.ts';

/** The environment variable that names the port. */
const VARIABLE = 'PUSHDESK_PORT';

/** Says that the server runs on another port than the one in the settings; `null` if it does not. */
export function movedProblem(wanted: number, port: number, platform: NodeJS.Platform): Problem | null {
  if (wanted === 0 || wanted === port) return null;
  return {
    code: 'port-taken',
    cause: `Another program uses port ${wanted}, so the server runs on port ${port}.`,
    cure: `To get port ${wanted} back, quit that program (${findHolder(wanted, platform)} shows it), then restart the server. Browsers treat another port as another site: those that subscribed on port ${wanted} still get messages, but the page on this port doesn’t know them.`,
  };
}

export interface ListenFailure {
  port: number;
  /** The code of the system's error. */
  code: string;
  /** Whether the environment asked for this very port. */
  isNamed: boolean;
  platform: NodeJS.Platform;
}

/** Why the server could not start. */
export function listenProblem({ port, code, isNamed, platform }: ListenFailure): Problem {
  if (isNamed && port !== 0 && code === 'EADDRINUSE') {
    return {
      code: 'named-port-taken',
      cause: `${VARIABLE} asks for port ${port}, but another program uses it, perhaps a second Pushdesk.`,
      cure: `${findHolder(port, platform)} shows which one. Quit it, or set ${VARIABLE} to another port, then start Pushdesk again.`,
    };
  }
  const another = isNamed ? `Set ${VARIABLE} to` : 'In Settings, choose';
  const then = isNamed ? 'start Pushdesk again' : 'start the server';
  if (code === 'EACCES') {
    return {
      code: 'port-forbidden',
      cause: `The system does not let Pushdesk use port ${port}.`,
      cure: `${another} a port from 1024 to 65535, then ${then}.`,
    };
  }
  return {
    code: 'cannot-listen',
    cause: `The server could not start on port ${port} (${code}).`,
    cure: `${another} another port, then ${then}.`,
  };
}

/** What to type in a terminal to see which program holds a port. */
function findHolder(port: number, platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return `"lsof -nP -iTCP:${port} -sTCP:LISTEN"`;
    case 'win32':
      return `"netstat -ano | findstr :${port}"`;
    default:
      return `"ss -ltnp sport = :${port}"`;
  }
}
