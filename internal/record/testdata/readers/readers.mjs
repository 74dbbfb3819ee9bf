// Reads a JSON list of texts, and writes for each what `yaml` and `js-yaml` read:
// a list with the value, or an empty one where they refuse it. See compare.py.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const yaml = require('yaml');
const jsyaml = require('js-yaml');

// plain returns a value with all that JSON does not have marked as such.
function plain(value) {
  if (value === undefined) return null;
  if (value instanceof Date) return { 'a date': true };
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return { 'no number': true };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) {
    const fields = {};
    for (const [key, item] of value) {
      fields[typeof key === 'string' ? key : `no text: ${String(key)}`] = plain(item);
    }
    return fields;
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}

function attempt(read) {
  try {
    return [plain(read())];
  } catch {
    return [];
  }
}

const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(
  JSON.stringify({
    yaml: texts.map((text) => attempt(() => yaml.parse(text, { mapAsMap: true, logLevel: 'error' }))),
    'js-yaml': texts.map((text) => attempt(() => jsyaml.load(text))),
  }),
);
