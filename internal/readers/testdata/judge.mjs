// Prints which records of a JSON file are right, as two validators of JSON Schema
// see it that know no formats: {"ajv": [true, …], "hyperjump": [true, …]}.
// Its arguments are the folder node_modules and the file.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const modules = resolve(process.argv[2]);
const { schemas, records } = JSON.parse(readFileSync(process.argv[3], "utf8"));

// ownWords returns the keywords that begin with `x-`.
function ownWords(schema) {
  if (schema === null || typeof schema !== "object") {
    return [];
  }
  return Object.entries(schema).flatMap(([word, value]) => [...(word.startsWith("x-") ? [word] : []), ...ownWords(value)]);
}

function byAjv() {
  const { default: Ajv } = createRequire(modules + "/")("ajv/dist/2020");
  const ajv = new Ajv({ strict: true, validateFormats: false });
  ajv.addVocabulary([...new Set(ownWords(schemas))]);
  const judges = {};
  for (const [kind, schema] of Object.entries(schemas)) {
    judges[kind] = ajv.compile(schema);
  }
  return records.map((record) => judges[record.kind](record.value));
}

async function byHyperjump() {
  const { registerSchema, validate } = await import(pathToFileURL(modules + "/@hyperjump/json-schema/draft-2020-12/index.js"));
  const judges = {};
  for (const [kind, schema] of Object.entries(schemas)) {
    const address = `https://alliances.example/${kind}`;
    registerSchema(schema, address);
    judges[kind] = await validate(address);
  }
  return records.map((record) => judges[record.kind](record.value).valid);
}

console.log(JSON.stringify({ ajv: byAjv(), hyperjump: await byHyperjump() }));
