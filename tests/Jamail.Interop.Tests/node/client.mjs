// A BullMQ client driven line by line. Arguments: package alias (bullmq5, bullmq6), connection as JSON.
//   in:  {"id": 1, "call": "add", "args": [...]}     out: {"id": 1, "result": ...} or {"id": 1, "error": "..."}
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import Redis from 'ioredis';

const { FlowProducer, Queue, QueueEvents, QueueEventsProducer, Worker, Job } = await import(process.argv[2]);
const settings = JSON.parse(process.argv[3]);
if (settings.ca) settings.tls = { ca: readFileSync(settings.ca), servername: 'localhost' };
const connection = { ...settings, maxRetriesPerRequest: null };
const records = new Redis(connection);

const say = (message) => console.log(JSON.stringify(message));
const queues = new Map();
const workers = new Map();
const listeners = new Map();

const queue = (name) => {
  if (!queues.has(name)) queues.set(name, new Queue(name, { connection }));
  return queues.get(name);
};

let producer;
const flows = () => (producer ??= new FlowProducer({ connection }));
const idsOf = ({ job, children }) => ({ id: job.id, children: (children ?? []).map(idsOf) });
const plain = (value) => (value instanceof Job ? value.toJSON() : value);

const events = async (name) => {
  if (!listeners.has(name)) {
    const listener = new QueueEvents(name, { connection });
    await listener.waitUntilReady();
    const seen = [];
    for (const event of ['added', 'waiting', 'active', 'completed', 'failed', 'delayed', 'progress', 'stalled', 'retries-exhausted', 'drained', 'removed', 'album-ready']) {
      listener.on(event, (args) => seen.push({ event, ...args }));
    }
    listeners.set(name, { listener, seen });
  }
  return listeners.get(name);
};

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The same work as WorkProcessor of Jamail.TestWorker.
const process_ = (by) => async (job) => {
  const { number = 0, failTimes = 0, ms = 0, hold, collect } = job.data ?? {};
  const attempt = job.attemptsMade + 1;
  await records.rpush(`runs:${job.queueName}`, `${job.id} ${attempt} ${by}`);
  while (hold && !(await records.exists(hold))) await sleep(200);
  if (ms) await sleep(ms);
  if (attempt <= failTimes) throw new Error(`planned failure ${attempt}`);
  if (collect) return job.getChildrenValues();
  return { number, by, attempt };
};

// docs/wire/backoff.md: the waits of Backoff.Schedule travel with the job.
const backoffStrategy = (attemptsMade, type, error, job) => {
  const { waits } = job.opts.backoff;
  return waits[Math.min(attemptsMade, waits.length) - 1];
};

// A tree of jobs as the tests compare it.
const shape = async ({ job, children = [] }) => ({
  key: `${job.queueName}:${job.id}`,
  name: job.name,
  state: await job.getState(),
  children: await Promise.all(children.map(shape)),
});

const calls = {
  hello: async () => (await queue('hello').waitUntilReady(), true),
  add: async (name, job, data, opts) => (await queue(name).add(job, data, opts)).id,
  addBulk: async (name, jobs) => (await queue(name).addBulk(jobs)).map((job) => job.id),
  addAndWait: async (name, job, data, opts) => {
    const { listener } = await events(name);
    return (await queue(name).add(job, data, opts)).waitUntilFinished(listener, 60_000);
  },
  waitUntilFinished: async (name, id) => {
    const { listener } = await events(name);
    return (await Job.fromId(queue(name), id)).waitUntilFinished(listener, 60_000);
  },
  listen: async (name) => (await events(name), true),
  seen: async (name) => (await events(name)).seen,
  publish: async (name, eventName, fields) => (await new QueueEventsProducer(name, { connection }).publishEvent({ eventName, ...fields }), true),
  counts: (name) => queue(name).getJobCounts(),
  job: async (name, id) => (await queue(name).getJob(id))?.toJSON() ?? null,
  state: (name, id) => queue(name).getJobState(id),
  jobs: async (name, types) => (await queue(name).getJobs(types)).map((job) => job.toJSON()),
  logs: (name, id) => queue(name).getJobLogs(id),
  workers: (name) => queue(name).getWorkers(),
  metrics: (name, type) => queue(name).getMetrics(type),
  prometheus: (name, labels) => queue(name).exportPrometheusMetrics(labels),
  pause: async (name) => (await queue(name).pause(), true),
  resume: async (name) => (await queue(name).resume(), true),
  isPaused: (name) => queue(name).isPaused(),
  retry: async (name, id) => ((await (await queue(name).getJob(id)).retry()), true),
  promote: async (name, id) => ((await (await queue(name).getJob(id)).promote()), true),
  remove: async (name, id) => ((await (await queue(name).getJob(id)).remove()), true),
  upsertScheduler: async (name, id, repeat, template) => (await queue(name).upsertJobScheduler(id, repeat, template)).id,
  scheduler: async (name, id) => (await queue(name).getJobScheduler(id)) ?? null,
  schedulers: (name) => queue(name).getJobSchedulers(0, 99, true),
  removeScheduler: (name, id) => queue(name).removeJobScheduler(id),
  deduplicated: async (name, id) => (await queue(name).getDeduplicationJobId(id)) ?? null,
  removeDeduplication: (name, id) => queue(name).removeDeduplicationKey(id),
  setConcurrency: (name, most) => queue(name).setGlobalConcurrency(most),
  concurrency: async (name) => (await queue(name).getGlobalConcurrency()) ?? null,
  setRateLimit: (name, max, duration) => queue(name).setGlobalRateLimit(max, duration),
  rateLimit: (name) => queue(name).getGlobalRateLimit(),
  hold: (name, ms) => queue(name).rateLimit(ms),
  holdTtl: (name) => queue(name).getRateLimitTtl(),
  countsPerPriority: (name, priorities) => queue(name).getCountsPerPriority(priorities),
  changePriority: async (name, id, opts) => (await queue(name).getJob(id)).changePriority(opts),
  changeDelay: async (name, id, delay) => (await queue(name).getJob(id)).changeDelay(delay),
  addFlow: async (flow) => idsOf(await flows().add(flow)),
  // Any method of a queue, or of a job; the result must be plain.
  ofQueue: async (name, method, ...args) => plain(await queue(name)[method](...args)),
  ofJob: async (name, id, method, ...args) => plain(await (await queue(name).getJob(id))[method](...args)),
  addTree: async (tree) => shape(await flows().add(tree)),
  flow: async (queueName, id) => shape(await flows().getFlow({ queueName, id })),
  children: async (name, id) => {
    const job = await queue(name).getJob(id);
    return { values: await job.getChildrenValues(), counts: await job.getDependenciesCount() };
  },
  work: async (name, by, opts = {}) => {
    const worker = new Worker(name, process_(by), { connection, name: by, settings: { backoffStrategy }, ...opts });
    worker.on('error', (error) => console.error(error));
    await worker.waitUntilReady();
    workers.set(by, worker);
    return true;
  },
  stopWork: async (by) => (await workers.get(by).close(), workers.delete(by)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, call, args } = JSON.parse(line);
  Promise.resolve()
    .then(() => calls[call](...args))
    .then((result) => say({ id, result: result ?? null }))
    .catch((error) => say({ id, error: error?.message ?? String(error) }));
}
process.exit(0);
