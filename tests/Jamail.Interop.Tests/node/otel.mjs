// A producer and a worker with bullmq-otel. Arguments: package alias, connection as JSON, the queue of Jamail, the queue back.
// Adds one job below a span of its own, works the job that comes back, and prints the spans as JSON lines.
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { BullMQOtel } from 'bullmq-otel';

const [, , alias, settings, there, back] = process.argv;
const { Queue, Worker } = await import(alias);
const connection = { ...JSON.parse(settings), maxRetriesPerRequest: null };

const spans = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
const telemetry = new BullMQOtel('test');

const returned = new Promise((resolve) => {
  const worker = new Worker(back, async (job) => resolve({ worker, data: job.data, tm: job.opts.telemetry?.metadata ?? job.opts.tm ?? null }), { connection, telemetry });
});

const queue = new Queue(there, { connection, telemetry });
const { traceId } = await trace.getTracer('test').startActiveSpan('request', async (span) => {
  await queue.add('work', { number: 1 });
  span.end();
  return span.spanContext();
});

const { worker, data, tm } = await returned;
await worker.close();
await queue.close();
const all = spans.getFinishedSpans().map((span) => ({
  name: span.name,
  trace: span.spanContext().traceId,
  id: span.spanContext().spanId,
  parent: span.parentSpanContext?.spanId ?? span.parentSpanId ?? null,
}));
console.log(JSON.stringify({ traceId, data, tm, spans: all }));
process.exit(0);
