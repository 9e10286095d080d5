// Workers of as many queues, with nothing to do.
import { Worker } from 'bullmq';

export async function runIdle(spec, nextMessage, say) {
  const connection = { host: spec.host, port: spec.port };
  const workers = Array.from({ length: spec.count }, (_, i) => {
    const worker = new Worker(`${spec.queue}-${i}`, async () => {}, { connection });
    worker.on('error', error => console.error(error));
    return worker;
  });
  await Promise.all(workers.map(worker => worker.waitUntilReady()));
  say({ type: 'ready' });
  await nextMessage();
  await Promise.all(workers.map(worker => worker.close(true)));
  say({ type: 'stopped', runs: 0 });
}
