// One JSON object a line, both ways.
import { createInterface } from 'node:readline';

export const say = message => process.stdout.write(`${JSON.stringify(message)}\n`);

export function messages() {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error('The bench closed the input.');
    }
    return JSON.parse(value);
  };
}

export function cpuMicros() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
