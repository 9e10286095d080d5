// Many schedulers of one queue, each with a run a second, and a worker that does them.
import { Queue, Worker } from 'bullmq';
import { cpuMicros } from './lines.mjs';
import { jobName, payload } from './payload.mjs';
import { warmupParts } from './warmup.mjs';

export async function runSchedulers(spec, nextMessage, say) {
  const connection = { host: spec.host, port: spec.port };
  await warmUp(spec, connection);
  const queue = new Queue(spec.queue, { connection });
  await queue.waitUntilReady();
  say({ type: 'ready' });

  await nextMessage();
  let cpuBefore = cpuMicros();
  const started = performance.now();
  await upsert(spec, queue, spec.count, 1000);
  say({ type: 'added', seconds: (performance.now() - started) / 1000, cpuMicros: cpuMicros() - cpuBefore });

  await nextMessage();
  cpuBefore = cpuMicros();
  let runs = 0;
  const worker = startWorker(spec, spec.queue, connection, () => { runs++; });
  await nextMessage();
  const used = cpuMicros() - cpuBefore;
  await worker.close();
  say({ type: 'stopped', runs, cpuMicros: used });
  await queue.close();
}

// Short distances, so that the code runs often enough.
async function warmUp(spec, connection) {
  const name = `${spec.queue}-warm`;
  const queue = new Queue(name, { connection });
  for (let part = 0; part < warmupParts; part++) {
    await upsert(spec, queue, spec.count / 10, 10);
    let worker;
    let runs = 0;
    await new Promise(resolve => {
      worker = startWorker(spec, name, connection, () => {
        if (++runs === spec.warmup / warmupParts) {
          resolve();
        }
      });
    });
    await worker.close();
    await new Promise(resolve => setTimeout(resolve, spec.warmupRestMs));
  }
  await queue.close();
}

function startWorker(spec, name, connection, onRun) {
  const worker = new Worker(name, async () => { onRun(); }, { connection, concurrency: spec.concurrency });
  worker.on('error', error => console.error(error));
  return worker;
}

async function upsert(spec, queue, count, every) {
  let next = 0;
  const caller = async () => {
    while (next < count) {
      const number = next++;
      await queue.upsertJobScheduler(`every-${number}`, { every }, { name: jobName, data: payload(number) });
    }
  };
  await Promise.all(Array.from({ length: spec.callers }, caller));
}
