// The BullMQ side of one run: reads what to do from its argument, then speaks JSON lines with the bench.
import { messages, say } from './lines.mjs';
import { runFlows } from './flows.mjs';
import { runIdle } from './idle.mjs';
import { runJobs } from './jobs.mjs';
import { runLatency } from './latency.mjs';
import { runSchedulers } from './schedulers.mjs';

const kinds = { jobs: runJobs, latency: runLatency, idle: runIdle, flows: runFlows, schedulers: runSchedulers };
const spec = JSON.parse(process.argv[2]);
try {
  await kinds[spec.kind](spec, messages(), say);
  process.exit(0);
} catch (error) {
  say({ type: 'error', message: String(error?.stack ?? error) });
  process.exit(1);
}
