// A worker of the e-mail queue that "sends" by counting, and leaves no trace of what it did:
//   node send-mails.mjs <redis url> <prefix> <how many>
import { Worker } from 'bullmq6';

const [url, prefix, wanted] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const { hostname, port, password } = new URL(url);
const sent = new Map();
let done = 0;

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');
const report = (type) => say({ type, sent: sent.size, repeated: [...sent.values()].filter((times) => times > 1).length });

const worker = new Worker(
  'email-sending',
  async (job) => {
    if (job.name !== 'send-email') throw new Error(`unknown job ${job.name}`);
    sent.set(job.data.logId, (sent.get(job.data.logId) ?? 0) + 1);
  },
  {
    connection: { host: hostname, port: Number(port), password: password || undefined },
    prefix,
    concurrency: 50,
    removeOnComplete: { count: 0 },
  },
);
worker.on('error', (error) => say({ type: 'error', message: String(error) }));
worker.on('completed', async (job) => {
  await job.remove().catch(() => {});
  if (++done === wanted) report('done');
});
process.stdin.on('data', () => report('report'));
await worker.waitUntilReady();
say({ type: 'ready' });
