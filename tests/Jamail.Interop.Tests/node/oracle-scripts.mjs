// Writes the scripts of an installed package as JSON [{name, keys, content}] into a file: oracle-scripts.mjs <package> <file>
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const [packageName, file] = process.argv.slice(2);
const folder = join(dirname(require.resolve(packageName)), 'scripts');
const scripts = readdirSync(folder)
  .filter((name) => /^[A-Za-z0-9]+-\d+\.js$/.test(name))
  .flatMap((name) => Object.values(require(join(folder, name))))
  .filter((value) => value && typeof value.content === 'string')
  .map(({ name, keys, content }) => ({ name, keys, content }));
writeFileSync(file, JSON.stringify(scripts));
console.log(JSON.stringify({ type: 'written', scripts: scripts.length }));
