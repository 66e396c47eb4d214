// Checks a whole feed with the libraries that its readers use.
//
//   node feed.mjs FOLDER ADDRESS [FOLDER ADDRESS]...     the files of a feed, and the address at which they are served
//
// - each JSON file with ajv (JSON Schema 2020-12) by the schema that the file itself names
// - dataset.json with jsonld, without a base address and without the network
// - breakdowns.json with jsonstat-toolkit
// - openapi.json, if the folder has one, with the linter of Redocly
//
// One line on standard output for each thing that is wrong. Exit codes: 0 nothing is wrong, 1 something is.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import jsonld from 'jsonld';

const require = createRequire(import.meta.url);
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;
const JSONstat = require('jsonstat-toolkit');

const DCAT = 'http://www.w3.org/ns/dcat#';
const DCT = 'http://purl.org/dc/terms/';

let wrong = 0;
function report(file, message) {
  console.log(`${file}: ${message}`);
  wrong++;
}

/** Returns the files of a feed by their addresses, read as JSON if they are. */
function readFeed(folder, root) {
  const files = new Map();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((item) => item.isFile())) {
    const name = path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    files.set(new URL(name, root).href, { name, text, json: name.endsWith('.json') ? JSON.parse(text) : null });
  }
  return files;
}

/** Checks a file by the schema that it names, which must be in the feed and name its own address. */
function checkSchema({ name, json }, address, files, ajv, compiled) {
  if (!json.$schema) return report(name, 'names no schema');
  const at = new URL(json.$schema, address).href;
  if (!compiled.has(at)) {
    const schema = files.get(at);
    if (!schema) return report(name, `names a schema that is not in the feed: ${json.$schema}`);
    if (new URL(schema.json.$id ?? 'about:blank', at).href !== at) report(schema.name, `has another id: ${schema.json.$id}`);
    try {
      compiled.set(at, ajv.compile({ ...schema.json, $id: at }));
    } catch (error) {
      return report(schema.name, error.message);
    }
  }
  const validate = compiled.get(at);
  if (!validate(json)) for (const error of validate.errors) report(name + error.instancePath, error.message);
}

/** Returns every value of a member at any depth. */
function collect(node, member, found = []) {
  if (Array.isArray(node)) node.forEach((item) => collect(item, member, found));
  else if (node && typeof node === 'object') {
    if (typeof node[member] === 'string') found.push(node[member]);
    Object.values(node).forEach((item) => collect(item, member, found));
  }
  return found;
}

async function checkDataset({ name, json }, root, files) {
  const documentLoader = (address) => { throw new Error(`needs another site: ${address}`); };
  let expanded;
  let graph;
  try {
    expanded = await jsonld.expand(json, { documentLoader });
    graph = await jsonld.flatten(json, null, { documentLoader, base: root });
  } catch (error) {
    return report(name, error.message);
  }
  const { '@context': context, ...content } = json;
  const ids = new Set(collect(expanded, '@id'));
  for (const id of collect(content, '@id').filter((item) => !ids.has(item))) report(name, `loses the id ${id} without a base address`);
  const isA = (type) => graph.filter((node) => node['@type']?.includes(type));
  const one = (type) => isA(type).length === 1 ? isA(type)[0] : report(name, `has ${isA(type).length} of ${type}`);
  const [dataset, catalogue] = [one(`${DCAT}Dataset`), one(`${DCAT}Catalog`)];
  if (!dataset || !catalogue) return;
  if (catalogue[`${DCAT}dataset`]?.[0]['@id'] !== dataset['@id']) report(name, 'has a catalogue without the dataset');
  for (const [node, terms] of [[dataset, ['title', 'description', 'publisher', 'spatial', 'temporal', 'license']], [catalogue, ['title', 'description', 'publisher']]]) {
    for (const term of terms.filter((item) => !node[DCT + item])) report(name, `lacks dct:${term} in ${node['@type'].at(-1)}`);
  }
  for (const term of ['contactPoint', 'keyword', 'theme', 'distribution'].filter((item) => !dataset[DCAT + item])) report(name, `lacks dcat:${term}`);
  const distributions = isA(`${DCAT}Distribution`);
  for (const address of distributions.map((item) => item[`${DCAT}downloadURL`][0]['@id']).filter((item) => !files.has(item))) report(name, `distributes a file that is not in the feed: ${address}`);
  if (distributions.length === 0 || distributions.length !== isA('https://schema.org/DataDownload').length) report(name, 'describes other files to search engines than to catalogues');
}

function checkTables({ name, json }) {
  const collection = JSONstat(json);
  if (collection.class !== 'collection' || collection.length === 0) return report(name, 'is not a collection');
  for (let i = 0; i < collection.length; i++) {
    const table = collection.Dataset(i);
    const raw = json.link.item[i];
    if (table?.class !== 'dataset' || table.error) { report(name, `table ${i} cannot be read`); continue; }
    const cells = table.Data();
    const count = raw.size.reduce((product, size) => product * size, 1);
    if (cells === null || cells.length !== count) report(name, `table ${i} has ${cells?.length} cells in place of ${count}`);
    else if (cells.some((cell, position) => cell.value !== raw.value[position] || (cell.status ?? undefined) !== raw.status?.[position])) report(name, `table ${i} has other cells than its text`);
    for (const id of table.id) {
      const dimension = table.Dimension(id);
      if (!dimension?.label || dimension.id.some((code) => !dimension.Category(code)?.label)) report(name, `table ${i} has codes without labels in ${id}`);
    }
    for (const status of new Set(Object.values(raw.status ?? {}))) if (!raw.extension.status.label[status]) report(name, `table ${i} does not explain ${status}`);
  }
}

async function checkApi({ name, text }, folder) {
  const { createConfig, lint } = await import('@redocly/openapi-core');
  const config = await createConfig({ extends: ['recommended'] });
  const file = path.resolve(folder, name);
  for (const problem of await lint({ ref: file, config })) report(`${name} ${problem.location[0]?.pointer ?? ''}`, `${problem.ruleId}: ${problem.message}`);
  if (!JSON.parse(text).openapi) report(name, 'is not an OpenAPI document');
}

for (let i = 2; i < process.argv.length; i += 2) {
  const [folder, root] = process.argv.slice(i, i + 2);
  const files = readFeed(folder, root);
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats(ajv);
  const compiled = new Map();
  for (const [address, file] of files) {
    if (file.name === 'openapi.json') await checkApi(file, folder);
    else if (file.name === 'dataset.json') await checkDataset(file, root, files);
    else if (file.name.endsWith('breakdowns.json')) checkTables(file);
    else if (file.json && !file.name.endsWith('-metadata.json') && !file.name.startsWith('schema/')) checkSchema(file, address, files, ajv, compiled);
  }
}
process.exit(wrong === 0 ? 0 : 1);
