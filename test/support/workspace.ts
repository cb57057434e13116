import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import type { TokenScope } from '../../electron/contract/access-tokens.ts';
import type { Contract } from '../../electron/contract/procedures.ts';
import type { SettingsPatch } from '../../electron/contract/settings.ts';
import { WORKSPACE_PROTOCOL } from '../../electron/contract/workspace.ts';
import { fakeHost } from '../../electron/engine/testing/fake-host.ts';
import { tempEngine } from '../../electron/engine/testing/temp-engine.ts';
import { callPort } from '../../electron/port/call-port.ts';

export interface Opening {
  token?: string | null;
  headers?: Record<string, string>;
  protocols?: string[];
  options?: ClientOptions;
}

/** A whole engine whose server listens, with a person who presses, and its workspace switched on. */
export async function workspaceEngine(settings: SettingsPatch = {}) {
  const host = fakeHost();
  const temp = await tempEngine({ host });
  const { url } = await temp.engine.start();
  if (url === null) throw new Error('the server did not start');
  const port = Number(new URL(url).port);
  await temp.client.app.changeSettings({ remoteWorkspace: true, ...settings });
  /** As a person would have it: shown in a window, and never told to the caller. */
  const makeToken = async (scopes: TokenScope[] = ['owner'], expiresInDays: number | null = null) => {
    const { id } = await temp.client.tokens.create({ name: scopes.join(' '), scopes, expiresInDays });
    return { id, secret: host.secrets.at(-1) ?? '' };
  };
  return {
    ...temp,
    host,
    port,
    makeToken,
    address: `ws://localhost:${port}/workspace`,
    open: (opening: Opening = {}) => openSocket(`ws://localhost:${port}/workspace`, opening),
  };
}

/** What a server answered to the request for a socket. */
export type Answered =
  | { kind: 'open'; socket: OpenSocket }
  | {
      kind: 'refused';
      status: number;
      headers: Record<string, unknown>;
      problem: { code: string; cure: string };
    };

export interface OpenSocket {
  socket: WebSocket;
  /** Frames in their order; waits for one that has not come. */
  next: () => Promise<string>;
  /** The contract over this socket, once the greeting has been read. */
  client: ContractRouterClient<Contract>;
  closed: Promise<{ code: number; reason: string }>;
}

export function openSocket(
  address: string,
  { token = null, headers = {}, protocols = [WORKSPACE_PROTOCOL], options = {} }: Opening = {},
): Promise<Answered> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const socket = new WebSocket(address, protocols, { headers: { ...authorization, ...headers }, ...options });
  onTestFinished(() => {
    socket.terminate();
  });
  const frames: string[] = [];
  let wake: () => void = () => undefined;
  socket.on('message', (data) => {
    frames.push((data as Buffer).toString());
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      resolve({ code, reason: reason.toString() });
      wake();
    });
  });
  socket.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        const { statusCode: status = 0, headers: given } = response;
        try {
          const problem = JSON.parse(text) as { code: string; cure: string };
          resolve({ kind: 'refused', status, headers: { ...given }, problem });
        } catch {
          reject(new Error(`${status} ${text}`));
        }
      });
    });
    socket.on('open', () => {
      resolve({ kind: 'open', socket: { socket, next, closed, client: clientOver(socket) } });
    });
    const next = async () => {
      while (frames.length === 0) {
        if (socket.readyState === WebSocket.CLOSED) throw new Error('the socket was closed');
        await new Promise<void>((done) => (wake = done));
      }
      return frames.shift() ?? '';
    };
  });
}

/** The socket that was let in. */
export function opened(answered: Answered): OpenSocket {
  if (answered.kind === 'refused') throw new Error(`${answered.status} ${answered.problem.code}`);
  return answered.socket;
}

function clientOver(socket: WebSocket): ContractRouterClient<Contract> {
  const { link } = callPort(
    {
      addEventListener(type, listener) {
        if (type === 'close')
          socket.on('close', () => {
            listener({});
          });
        else
          socket.on('message', (data) => {
            const text = (data as Buffer).toString();
            if (!text.startsWith('{"workspace"')) listener({ data: text });
          });
      },
      postMessage(data) {
        socket.send(String(data));
      },
    },
    () => {
      throw new Error('the server sent what is no frame');
    },
  );
  return createORPCClient(link);
}
