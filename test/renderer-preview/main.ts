import { RPCHandler } from '@orpc/server/message-port';
import { PORT_MESSAGE } from '../../renderer/api/connection.ts';
import { createSampleRouter } from './engine/router.ts';
import { scenarioOf } from './engine/scenario.ts';

await import('../../renderer/main.tsx');

const { port1, port2 } = new MessageChannel();
new RPCHandler(createSampleRouter(scenarioOf(new URLSearchParams(location.search).get('scenario')))).upgrade(
  port1,
);
port1.start();
window.postMessage(PORT_MESSAGE, '*', [port2]);
