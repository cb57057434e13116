import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { WORKSPACE_PROTOCOL, WORKSPACE_VERSION } from '../../../contract/workspace.ts';

export const GREETING = JSON.stringify({
  workspace: { version: '0.1.0', contract: WORKSPACE_VERSION, name: 'push.example.org' },
});

type Upgrade = (request: IncomingMessage, socket: Duplex, accept: () => void) => void;

const acceptAll: Upgrade = (_request, _socket, accept) => {
  accept();
};

/** The other end of a line: treats an upgrade and an open socket as a test says. */
export async function workspaceServer(options: {
  onUpgrade?: Upgrade;
  onSocket?: (socket: WebSocket) => void;
  certificate?: { cert: string; key: string };
}) {
  const { onUpgrade = acceptAll, onSocket, certificate } = options;
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => WORKSPACE_PROTOCOL });
  const http = certificate === undefined ? createServer() : createTlsServer(certificate);
  const requests: IncomingMessage[] = [];
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    requests.push(request);
    socket.on('error', () => undefined);
    onUpgrade(request, socket, () => {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        if (onSocket === undefined) opened.send(GREETING);
        else onSocket(opened);
      });
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const close = () => {
    for (const socket of sockets.clients) socket.terminate();
    http.closeAllConnections();
    http.close();
  };
  onTestFinished(close);
  return { port, requests, sockets, close };
}

/** Answers an upgrade request without upgrading. */
export const answer =
  (status: number, body: unknown = '', headers: Record<string, string> = {}): Upgrade =>
  (_request, socket) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(
      `HTTP/1.1 ${status} X\r\n${lines.join('')}content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
    );
  };
