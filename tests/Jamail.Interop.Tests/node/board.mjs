// bull-board over one queue. Arguments: package alias, queue, connection as JSON. Says on which port it listens.
import express from 'express';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';

const { Queue } = await import(process.argv[2]);
const queue = new Queue(process.argv[3], { connection: JSON.parse(process.argv[4]) });
const serverAdapter = new ExpressAdapter();
createBullBoard({ queues: [new BullMQAdapter(queue)], serverAdapter });
const server = express().use(serverAdapter.getRouter()).listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ type: 'listening', port: server.address().port })));
