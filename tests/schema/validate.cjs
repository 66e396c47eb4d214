// Holds JSON documents to a JSON Schema (draft 2020-12).
//
//   node validate.cjs SCHEMA DOCUMENT...
//
// One line on standard output for each thing that is wrong. Exit codes: 0 all valid, 1 something is wrong, 2 the schema itself is.
'use strict';

const fs = require('fs');
const Ajv = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const [schema, ...documents] = process.argv.slice(2);

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
addFormats(ajv);

let validate;
try {
  validate = ajv.compile(read(schema));
} catch (error) {
  console.log(`${schema}: ${error.message}`);
  process.exit(2);
}

let wrong = 0;
for (const document of documents) {
  if (!validate(read(document))) {
    for (const error of validate.errors) {
      console.log(`${document}${error.instancePath}: ${error.message}`);
      wrong++;
    }
  }
}
process.exit(wrong === 0 ? 0 : 1);
