// Says which version a package alias stands for, then echoes one line.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const { version } = require(`${process.argv[2]}/package.json`);
console.log(JSON.stringify({ type: 'version', version }));

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify({ type: 'echo', text: JSON.parse(line).echo }));
  break;
}
process.exit(0);
