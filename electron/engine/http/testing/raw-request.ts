import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends bytes exactly as given over a new connection, and reads until the other side closes it. */
export async function rawRequest(port: number, text: string, host = '127.0.0.1'): Promise<string> {
  const socket = connect(port, host);
  socket.write(text);
  let answer = '';
  try {
    for await (const chunk of socket) answer += String(chunk);
  } catch {
    // It was cut off: what arrived until then counts.
  }
  return answer;
}

/** A connection that has not requested anything yet; `closed` resolves once the other side has closed it. */
export async function openConnection(
  port: number,
  host = '127.0.0.1',
): Promise<{ socket: Socket; closed: Promise<unknown> }> {
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.resume();
  return { socket, closed };
}
