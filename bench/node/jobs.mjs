// Adds jobs in the way the spec says, then works them off.
import { Queue, Worker } from 'bullmq';
import { cpuMicros } from './lines.mjs';
import { jobName, jobOptions, payload } from './payload.mjs';
import { warmupParts } from './warmup.mjs';

export async function runJobs(spec, nextMessage, say) {
  const connection = { host: spec.host, port: spec.port };
  await warmUp(spec, connection);
  const bare = spec.waitMs > 0 ? await bareRate(spec) : 0;
  const queue = new Queue(spec.queue, { connection });
  await queue.waitUntilReady();
  say({ type: 'ready', barePerSecond: bare });

  await nextMessage();
  const cpuBefore = cpuMicros();
  const seconds = await add(spec, queue, spec.count);
  say({ type: 'added', seconds, cpuMicros: cpuMicros() - cpuBefore });

  if (spec.process) {
    await nextMessage();
    const cpuBeforeWork = cpuMicros();
    const work = startWorker(spec, spec.queue, connection, spec.count);
    await nextMessage();
    const used = cpuMicros() - cpuBeforeWork;
    await work.worker.close();
    say({ type: 'stopped', runs: work.runs(), runRate: work.runRate(), cpuMicros: used });
  }
  await queue.close();
}

async function warmUp(spec, connection) {
  const name = `${spec.queue}-warm`;
  const queue = new Queue(name, { connection });
  const jobs = spec.warmup / warmupParts;
  for (let part = 0; part < warmupParts; part++) {
    await add(spec, queue, jobs);
    if (spec.process) {
      const work = startWorker(spec, name, connection, jobs);
      await work.allRun;
      await work.worker.close();
    }
    await new Promise(resolve => setTimeout(resolve, spec.warmupRestMs));
  }
  await queue.close();
}

async function add(spec, queue, count) {
  const started = performance.now();
  if (spec.bulk > 0) {
    for (let from = 0; from < count; from += spec.bulk) {
      const length = Math.min(spec.bulk, count - from);
      await queue.addBulk(Array.from({ length }, (_, i) => (
        { name: jobName, data: payload(from + i), opts: jobOptions(spec) })));
    }
  } else {
    let number = 0;
    const caller = async () => {
      while (number < count) {
        await queue.add(jobName, payload(number++), jobOptions(spec));
      }
    };
    await Promise.all(Array.from({ length: spec.callers }, caller));
  }
  return (performance.now() - started) / 1000;
}

function startWorker(spec, name, connection, count) {
  let runs = 0;
  let firstAt = 0;
  let lastAt = 0;
  let finished;
  const allRun = new Promise(resolve => { finished = resolve; });
  const total = count * (spec.failures + 1);
  const skipped = Math.floor(total / 20);
  const worker = new Worker(name, async job => {
    runs++;
    if (runs === skipped) {
      firstAt = performance.now();
    }
    if (runs === total) {
      lastAt = performance.now();
    }
    if (spec.waitMs > 0) {
      await new Promise(resolve => setTimeout(resolve, spec.waitMs));
    }
    if (runs >= total) {
      finished();
    }
    if (job.attemptsMade < spec.failures) {
      throw new Error('This attempt fails on purpose.');
    }
  }, { connection, concurrency: spec.concurrency });
  worker.on('error', error => console.error(error));
  return { worker, allRun, runs: () => runs, runRate: () => (total - skipped) / (lastAt - firstAt) * 1000 };
}

// What as many waits at a time reach without a queue.
async function bareRate(spec) {
  let left = spec.concurrency * 200;
  const total = left;
  const started = performance.now();
  const loop = async () => {
    while (left-- > 0) {
      await new Promise(resolve => setTimeout(resolve, spec.waitMs));
    }
  };
  await Promise.all(Array.from({ length: spec.concurrency }, loop));
  return total / ((performance.now() - started) / 1000);
}
