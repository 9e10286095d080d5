// The next times that cron-parser gives. In: {"asks": [[pattern, time zone, from ms, how many], ...]}. Out: {"type": "times",
// "times": [[ms, ...] or null where the pattern is refused or none was found, ...]}. Each time is asked for anew from the one
// before, as a worker does.
import { createInterface } from 'node:readline';
import { CronExpressionParser } from 'cron-parser';

const times = ([pattern, tz, from, count]) => {
  try {
    const found = [];
    for (let at = from; found.length < count; at = found.at(-1)) {
      found.push(CronExpressionParser.parse(pattern, { tz, currentDate: new Date(at) }).next().getTime());
    }
    return found;
  } catch {
    return null;
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify({ type: 'times', times: JSON.parse(line).asks.map(times) }));
}
