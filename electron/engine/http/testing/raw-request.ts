import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends bytes as they stand over a connection of its own, and reads until the other side closes it. */
export async function rawRequest(port: number, text: string, host = '127.0.0.1'): Promise<string> {
  const socket = connect(port, host);
  socket.write(text);
  let answer = '';
  try {
    for await (const chunk of socket) answer += String(chunk);
  } catch {
    // It was cut off: what came until then counts.
  }
  return answer;
}

/** A connection that asks for nothing yet; `closed` resolves once the other side has let go of it. */
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
