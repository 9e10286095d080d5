// A Node stack that keeps every row: BullMQ, nodemailer with its pool, pg. Reads how many mails from its input.
import { Queue, Worker } from 'bullmq';
import nodemailer from 'nodemailer';
import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { messages, say } from './lines.mjs';

const spec = JSON.parse(process.argv[2]);
const html = '<p>Hello <b>Anna</b>, your order has been paid.</p>\n'.repeat(40);
const text = 'Hello Anna, your order has been paid.\n'.repeat(40);
const pool = new pg.Pool({ connectionString: spec.postgresUrl, max: spec.concurrency });
await pool.query(`create table if not exists send_log (
  id uuid primary key, recipient text not null, subject text not null, html text not null, status text not null,
  attempts integer not null default 0, message_id text, queued_at timestamptz not null default now(), sent_at timestamptz)`);
await pool.query(`create table if not exists send_attempt (
  id bigserial primary key, log_id uuid not null, started_at timestamptz not null, response text)`);
await pool.query('create index if not exists ix_send_log_list on send_log (queued_at desc, id desc)');
await pool.query('create index if not exists ix_send_attempt_log on send_attempt (log_id)');

const url = new URL(spec.redisUrl);
const connection = { host: url.hostname, port: Number(url.port), password: url.password || undefined, maxRetriesPerRequest: null };
const transport = nodemailer.createTransport({
  host: '127.0.0.1', port: spec.smtpPort, secure: false, ignoreTLS: true, pool: true, maxConnections: spec.concurrency, maxMessages: 100,
});

const worker = new Worker('email-sending', async job => {
  const { logId, recipient, subject, html } = job.data;
  const started = new Date();
  await pool.query("update send_log set status = 'sending', attempts = attempts + 1 where id = $1 and status = 'queued'", [logId]);
  const info = await transport.sendMail({
    from: 'Shop <shop@example.com>', to: recipient, subject, html, text, messageId: `<${logId}@example.com>`,
  });
  await pool.query("update send_log set status = 'sent', message_id = $2, sent_at = now() where id = $1", [logId, info.messageId]);
  await pool.query('insert into send_attempt (log_id, started_at, response) values ($1, $2, $3)', [logId, started, info.response]);
}, { connection, concurrency: spec.concurrency });
await worker.waitUntilReady();

const queue = new Queue('email-sending', { connection });
await queue.waitUntilReady();

async function accept(count) {
  let next = 0;
  await Promise.all(Array.from({ length: spec.callers }, async () => {
    for (let i = ++next; i <= count; i = ++next) {
      const logId = randomUUID();
      const recipient = `user${i}@example.com`;
      const subject = `Order ${i}`;
      await pool.query(
        "insert into send_log (id, recipient, subject, html, status) values ($1, $2, $3, $4, 'queued')", [logId, recipient, subject, html]);
      await queue.add(
        'send-email',
        { templateId: null, recipient, subject, html, logId, category: 'default' },
        { jobId: `mail-${logId}`, attempts: 3, backoff: { type: 'exponential', delay: 1000 }, removeOnComplete: { age: 3600, count: 1000 } });
    }
  }));
}

const next = messages();
say({ type: 'ready' });
for (;;) {
  const { mails } = await next();
  if (mails === 0) {
    process.exit(0);
  }
  await accept(mails);
  say({ type: 'accepted' });
}
