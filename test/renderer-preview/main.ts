import { PORT_MESSAGE } from '../../renderer/api/connection.ts';

await import('../../renderer/main.tsx');

const { port1, port2 } = new MessageChannel();
const line = new WebSocket(`ws://${location.host}/engine${location.search}`);
port1.addEventListener('message', ({ data }: MessageEvent<string>) => {
  line.send(data);
});
line.addEventListener('message', ({ data }: MessageEvent<string>) => {
  port1.postMessage(data);
});
line.addEventListener('open', () => {
  port1.start();
  window.postMessage(PORT_MESSAGE, '*', [port2]);
});
