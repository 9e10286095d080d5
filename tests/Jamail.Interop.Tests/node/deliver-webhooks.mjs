// A worker of the webhook queue as a Node service has it, with the back-off strategy that the documentation shows:
//   node deliver-webhooks.mjs <redis url> <prefix> <path of backoff.md>
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Worker } from 'bullmq6';

const [url, prefix, page] = process.argv.slice(2);
const { hostname, port, password } = new URL(url);
const code = /const backoffStrategy = [\s\S]*?\n};/.exec(readFileSync(page, 'utf8'))[0];
const backoffStrategy = new Function(`${code}\nreturn backoffStrategy;`)();

const deliver = async ({ name, data }) => {
  if (name !== 'deliver-webhook') throw new Error(`unknown job ${name}`);
  const body = JSON.stringify(data.payload);
  const response = await fetch(data.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'node-worker/1',
      'x-jamail-signature': `sha256=${createHmac('sha256', data.secret).update(body).digest('hex')}`,
    },
    body,
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`status ${response.status}`);
};

const worker = new Worker('webhook-delivery', deliver, {
  connection: { host: hostname, port: Number(port), password: password || undefined },
  prefix,
  concurrency: 10,
  settings: { backoffStrategy },
});
worker.on('error', (error) => process.stdout.write(JSON.stringify({ type: 'error', message: String(error) }) + '\n'));
await worker.waitUntilReady();
process.stdout.write(JSON.stringify({ type: 'ready' }) + '\n');
