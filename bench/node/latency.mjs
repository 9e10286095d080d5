// From the call of add to the start of the processor, on a queue with nothing else to do.
import { Queue, Worker } from 'bullmq';
import { jobName, payload } from './payload.mjs';
import { warmupParts } from './warmup.mjs';

export async function runLatency(spec, nextMessage, say) {
  const connection = { host: spec.host, port: spec.port };
  const queue = new Queue(spec.queue, { connection });
  let started;
  const worker = new Worker(spec.queue, async () => { started(performance.now()); }, { connection });
  worker.on('error', error => console.error(error));
  await worker.waitUntilReady();
  await queue.waitUntilReady();

  const once = async number => {
    const start = new Promise(resolve => { started = resolve; });
    const before = performance.now();
    const adding = queue.add(jobName, payload(number));
    const micros = (await start - before) * 1000;
    await adding;
    await new Promise(resolve => setTimeout(resolve, spec.waitMs));
    return micros;
  };

  for (let part = 0; part < warmupParts; part++) {
    for (let number = 0; number < spec.warmup / warmupParts; number++) {
      await once(number);
    }
    await new Promise(resolve => setTimeout(resolve, spec.warmupRestMs));
  }
  say({ type: 'ready' });
  await nextMessage();
  const micros = [];
  for (let number = 0; number < spec.count; number++) {
    micros.push(await once(number));
  }
  say({ type: 'latencies', micros });
  await nextMessage();
  await worker.close();
  await queue.close();
  say({ type: 'stopped', runs: spec.warmup + spec.count });
}
