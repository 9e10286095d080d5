// Makes a folder in which `bullmq6` is a copy of the package that runs our scripts: swap-scripts.mjs <folder>
// Its scripts are overwritten by name; what they hold is not looked at.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const packages = join(folder, 'node_modules');
mkdirSync(packages);
for (const name of readdirSync(join(here, 'node_modules')).filter((name) => !name.startsWith('.') && name !== 'bullmq6')) {
  symlinkSync(join(here, 'node_modules', name), join(packages, name));
}
cpSync(join(here, 'node_modules', 'bullmq6'), join(packages, 'bullmq6'), { recursive: true });
copyFileSync(join(here, 'client.mjs'), join(folder, 'client.mjs'));

const ours = join(folder, 'lua');
execFileSync(join(here, '..', '..', '..', 'eng', 'expand-scripts.sh'), [ours], { stdio: ['ignore', 'ignore', 'inherit'] });

let swapped = 0;
for (const file of readdirSync(ours)) {
  const name = file.slice(0, -'.lua'.length);
  const module = join(packages, 'bullmq6', 'dist', 'cjs', 'scripts', `${name}.js`);
  if (!existsSync(module)) continue; // a group script of ours
  const [[key, script]] = Object.entries(require(module));
  const text = JSON.stringify({ ...script, content: readFileSync(join(ours, file), 'utf8') });
  writeFileSync(module, `"use strict";\nexports.${key} = ${text};\n`);
  for (const [path, content] of [
    [join('esm', 'scripts', `${name}.js`), `export const ${key} = ${text};\n`],
    [join('cjs', 'commands', file), JSON.parse(text).content],
    [join('esm', 'commands', file), JSON.parse(text).content],
  ]) {
    const other = join(packages, 'bullmq6', 'dist', path);
    if (existsSync(other)) writeFileSync(other, content);
  }
  swapped++;
}
console.log(JSON.stringify({ type: 'swapped', scripts: swapped }));
