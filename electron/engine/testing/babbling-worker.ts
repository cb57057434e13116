/** A worker thread that says one thing at its start and to all that it hears. `message`: the thing, as code. */
export function babblingWorker(message: string): URL {
  const code = `import { parentPort } from 'node:worker_threads';
    const babble = () => parentPort.postMessage(${message});
    parentPort.on('message', babble);
    babble();`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
