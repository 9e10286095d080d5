// A NestJS application that produces as the Node service of the guide does. Arguments: queue, connection as JSON.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BullModule, getQueueToken } from '@nestjs/bullmq';

const [queueName, connection] = [process.argv[2], JSON.parse(process.argv[3])];
class AppModule {}
Module({
  imports: [
    BullModule.forRoot({ connection }),
    BullModule.registerQueue({
      name: queueName,
      defaultJobOptions: { attempts: 3, backoff: { type: 'exponential', delay: 100 } },
    }),
  ],
})(AppModule);

const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
const queue = app.get(getQueueToken(queueName));
const plain = await queue.add('work', { number: 1, failTimes: 2 });
const scheduled = await queue.add('work', { number: 2, failTimes: 3 }, {
  attempts: 4,
  backoff: { type: 'schedule', delay: 50, waits: [50, 100, 150] },
});
console.log(JSON.stringify({ type: 'added', plain: plain.id, scheduled: scheduled.id }));
await app.close();
