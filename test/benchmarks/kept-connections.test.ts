import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createKeptConnections } from './kept-connections.ts';

/** A server that answers with the body of each request, except that it hangs up where that is `bye`. */
async function echo() {
  const ports = new Set<number | undefined>();
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    let body = '';
    request.setEncoding('latin1');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      if (body === 'bye') request.socket.destroy();
      else response.writeHead(body === '' ? 400 : 200, { 'content-length': body.length }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connections = createKeptConnections((server.address() as AddressInfo).port);
  onTestFinished(() => {
    connections.close();
    server.close();
  });
  const ask = (body: string) =>
    new Promise<number | null>((resolve) => {
      const head = `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${body.length}\r\n\r\n`;
      connections.ask(head + body, resolve);
    });
  return { ask, ports };
}

it('gives each request its status, over connections that are used again', async () => {
  const { ask, ports } = await echo();
  const long = 'x'.repeat(500_000);
  expect(await Promise.all([ask('one'), ask(''), ask(long)])).toEqual([200, 400, 200]);
  expect(await Promise.all([ask('one'), ask('two'), ask('')])).toEqual([200, 200, 400]);
  expect(ports.size).toBe(3);
});

it('tells that there was no answer, and goes on with another connection', async () => {
  const { ask, ports } = await echo();
  expect(await ask('bye')).toBeNull();
  expect(await ask('one')).toBe(200);
  expect(ports.size).toBe(2);
});
