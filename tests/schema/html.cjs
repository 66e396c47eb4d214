// Validates pages against the HTML standard.
//
//   node html.cjs FILE      a JSON array of { name, html }
//
// One line on standard output for each mistake. Exit codes: 0 all pages are valid, 1 something is wrong.
'use strict';

const fs = require('fs');
const { HtmlValidate } = require('html-validate');

// The rules of the standard only. How the page is written, such as "<br />" for "<br>", is left to the renderer.
const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules: { 'void-style': 'off', 'no-trailing-whitespace': 'off' } });

(async () => {
  const faults = [];
  for (const { name, html } of JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))) {
    const report = await validator.validateString(html);
    for (const message of report.results.flatMap(result => result.messages)) {
      faults.push(`${name}:${message.line}: ${message.ruleId}: ${message.message} (${message.selector ?? ''})`);
    }
  }

  for (const fault of faults) {
    console.log(fault);
  }

  process.exit(faults.length === 0 ? 0 : 1);
})();
