/** A worker thread that says the same thing at its start and in answer to everything it hears. `message`: what it says, as code. */
export function babblingWorker(message: string): URL {
  const code = `import { parentPort } from 'node:worker_threads';
    const babble = () => parentPort.postMessage(${message});
    parentPort.on('message', babble);
    babble();`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
