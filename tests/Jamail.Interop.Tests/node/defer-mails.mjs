// A worker of the e-mail queue that puts a mail off when its server refuses for now, as docs/wire/email-sending.md shows:
//   node defer-mails.mjs <redis url> <prefix> <refusals> <wait in ms>
import { DelayedError, Worker } from 'bullmq6';

const [url, prefix, refusals, wait] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const { hostname, port, password } = new URL(url);
const connection = { host: hostname, port: Number(port), password: password || undefined };
const say = (message) => process.stdout.write(JSON.stringify(message) + '\n');
let refused = 0;

async function send() {
  if (refused++ < refusals) throw Object.assign(new Error('451 4.7.1 Greylisted'), { responseCode: 451 });
}

const worker = new Worker('email-sending', async (job, token) => {
  try {
    await send(job.data);
  } catch (error) {
    if (error.responseCode >= 400 && error.responseCode < 500) {
      await job.moveToDelayed(Date.now() + wait, token);
      throw new DelayedError();
    }
    throw error;
  }
}, { connection, prefix });
worker.on('error', (error) => say({ type: 'error', message: String(error) }));
worker.on('completed', (job) => say({ type: 'done', logId: job.data.logId, attempts: job.attemptsMade, started: job.attemptsStarted }));
await worker.waitUntilReady();
say({ type: 'ready' });
