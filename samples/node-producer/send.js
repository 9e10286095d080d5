// Sends an e-mail through a running host: node send.js anna@example.com
import { readFileSync } from 'node:fs';
import { Queue } from 'bullmq';

const data = process.env.JAMAIL_DATA ?? '../../.jamail';
const connection = process.env.REDIS_URL ? { url: process.env.REDIS_URL } : {
  port: JSON.parse(readFileSync(`${data}/redis.json`, 'utf8')).port,
  password: readFileSync(`${data}/redis.password`, 'utf8'),
};
const queue = new Queue('email-sending', { connection, prefix: process.env.PREFIX ?? 'bull' });
const recipient = process.argv[2] ?? 'anna@example.com';
const logId = `node-${Date.now()}`;
await queue.add(
  'send-email',
  { templateId: null, recipient, subject: 'Hello from Node', html: '<p>Hello!</p>', logId, category: 'default' },
  { jobId: `mail-${logId}`, attempts: 3, backoff: { type: 'exponential', delay: 1000 } },
);
console.log(logId);
await queue.close();
