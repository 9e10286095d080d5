// Adds flows: a job that waits for nine others, all in one queue.
import { FlowProducer } from 'bullmq';
import { cpuMicros } from './lines.mjs';
import { jobName, payload } from './payload.mjs';
import { warmupParts } from './warmup.mjs';

// As in SideSpec.cs.
const flowSize = 10;

export async function runFlows(spec, nextMessage, say) {
  const producer = new FlowProducer({ connection: { host: spec.host, port: spec.port } });
  await producer.waitUntilReady();
  for (let part = 0; part < warmupParts; part++) {
    await add(spec, producer, `${spec.queue}-warm`, spec.warmup / warmupParts);
    await new Promise(resolve => setTimeout(resolve, spec.warmupRestMs));
  }
  say({ type: 'ready' });

  await nextMessage();
  const cpuBefore = cpuMicros();
  const started = performance.now();
  await add(spec, producer, spec.queue, spec.count);
  say({ type: 'added', seconds: (performance.now() - started) / 1000, cpuMicros: cpuMicros() - cpuBefore });
  await producer.close();
}

async function add(spec, producer, queueName, jobs) {
  let next = 0;
  const caller = async () => {
    while (next < jobs) {
      const number = next;
      next += flowSize;
      await producer.add({
        name: jobName,
        queueName,
        data: payload(number),
        children: Array.from({ length: flowSize - 1 }, (_, i) => ({ name: jobName, queueName, data: payload(number + i + 1) })),
      });
    }
  };
  await Promise.all(Array.from({ length: spec.callers }, caller));
}
