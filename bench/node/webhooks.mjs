// The Node side of bench/webhooks.sh: BullMQ, undici and pg, put together as a careful service does it. Each event is a row with a row
// for its delivery, in one transaction, before its job is added; each attempt is a row and moves the delivery on in one transaction.
import { createHmac, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import pg from 'pg';
import { Pool as HttpPool } from 'undici';

const spec = JSON.parse(process.argv[2]);
const connection = { host: spec.redisHost, port: spec.redisPort };
const db = new pg.Pool({ connectionString: spec.database, max: 50 });
const target = new URL(spec.url);
const http = new HttpPool(target.origin, { connections: spec.concurrency });
const key = Buffer.from('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'base64');
const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const say = (type) => process.stdout.write(`${JSON.stringify({ type })}\n`);

if (spec.publishes) {
  await db.query(`
    create table event (id text primary key, type text not null, body text not null, created_at bigint not null);
    create table delivery (id text primary key, event_id text not null, webhook_id text not null, status smallint not null,
      attempts integer not null default 0, next_attempt_at bigint, created_at bigint not null, completed_at bigint);
    create index on delivery (webhook_id, created_at desc);
    create table attempt (id text primary key, delivery_id text not null, attempt_no integer not null, url text not null,
      started_at bigint not null, duration_ms integer not null, status_code integer, error text, response_body text);
    create index on attempt (delivery_id, attempt_no);`);
}

const inTransaction = async (work) => {
  const client = await db.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};

const queue = new Queue('webhook-delivery', { connection });
const publish = async (payload) => {
  const [eventId, deliveryId, now] = [randomUUID(), randomUUID(), Date.now()];
  await inTransaction(async (client) => {
    await client.query('insert into event values ($1, $2, $3, $4)', [eventId, 'order.paid', JSON.stringify(payload), now]);
    await client.query('insert into delivery (id, event_id, webhook_id, status, created_at) values ($1, $2, $3, 0, $4)', [deliveryId, eventId, 'w1', now]);
  });
  await queue.add(
    'deliver-webhook',
    { deliveryId, webhookId: 'w1', url: spec.url, secret, event: 'order.paid', payload },
    { jobId: `whd-${deliveryId}`, attempts: 4, backoff: { type: 'custom' }, removeOnComplete: { age: 3600, count: 1000 }, removeOnFail: { age: 604800 } },
  );
};

const deliver = async ({ data, attemptsMade }) => {
  const claimed = await db.query('update delivery set status = 2, attempts = attempts + 1 where id = $1 and status in (0, 3) returning event_id', [data.deliveryId]);
  if (claimed.rowCount === 0) return;
  const body = JSON.stringify(data.payload);
  const id = `msg_${claimed.rows[0].event_id}`;
  const seconds = Math.floor(Date.now() / 1000);
  const started = Date.now();
  const response = await http.request({
    method: 'POST',
    path: target.pathname,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`,
      'x-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  });
  const text = (await response.body.text()).slice(0, 4096);
  const ok = response.statusCode >= 200 && response.statusCode < 300;
  const now = Date.now();
  await inTransaction(async (client) => {
    await client.query('insert into attempt values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      randomUUID(), data.deliveryId, attemptsMade + 1, spec.url, started, now - started, response.statusCode, ok ? null : `status ${response.statusCode}`, text,
    ]);
    await client.query('update delivery set status = $2, completed_at = $3 where id = $1', [data.deliveryId, ok ? 4 : 3, ok ? now : null]);
  });
  if (!ok) throw new Error(`status ${response.statusCode}`);
};

const worker = new Worker('webhook-delivery', deliver, {
  connection,
  concurrency: spec.concurrency,
  settings: { backoffStrategy: (attemptsMade) => [60000, 300000, 900000][attemptsMade - 1] },
});
await worker.waitUntilReady();
await queue.waitUntilReady();

say('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const { events, perSecond } = JSON.parse(line);
  if (events === 0) break;
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: spec.publishers }, async () => {
      while (next < events) {
        const n = next++;
        const early = perSecond > 0 ? (n * 1000) / perSecond - (performance.now() - began) : 0;
        if (early > 0) await setTimeout(early);
        await publish({
          type: 'order.paid',
          timestamp: '2026-01-01T00:00:00Z',
          at: performance.timeOrigin + performance.now(),
          data: { id: `ord_${n}`, total: 1999, note: 'naïve café ✓', lines: [1, 2, 3] },
        });
      }
    }),
  );
  say('published');
}
await worker.close();
await queue.close();
await http.close();
await db.end();
process.exit(0);
