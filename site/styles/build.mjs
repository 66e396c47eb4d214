// Builds govuk.css and the portal's govuk-frontend.js from the pinned govuk-frontend (`npm run styles`). With --check it only
// compares, and fails if they differ.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileString } from 'sass';

const folder = new URL('../', import.meta.url);
const frontend = new URL('node_modules/govuk-frontend/', folder);
const { version, license } = JSON.parse(await readFile(new URL('package.json', frontend), 'utf8'));
const banner = `/*! GOV.UK Frontend ${version}, ${license} licence, Copyright (c) 2017 Crown Copyright (Government Digital Service), github.com/alphagov/govuk-frontend. Made by npm run styles. */\n`;

const { css } = compileString(
  [
    // These must be set before the package's own defaults.
    '$govuk-font-family: Arial, Helvetica, sans-serif;',
    '$govuk-include-default-font-face: false;',
    '@import "styles/govuk";',
  ].join('\n'),
  {
    loadPaths: [fileURLToPath(folder), fileURLToPath(new URL('node_modules/', folder))],
    style: 'compressed',
    charset: false,
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'slash-div'],
  },
);
const script = await readFile(new URL('dist/govuk/govuk-frontend.min.js', frontend), 'utf8');

const made = {
  'govuk.css': css,
  '../shared/DasvPipeline.Portal/Assets/govuk-frontend.js': script.replace(/\/\/# sourceMappingURL=.*\s*$/, ''),
};

for (const [name, content] of Object.entries(made)) {
  const target = new URL(name, folder);
  const text = `${banner}${content.trimEnd()}\n`;
  if (!process.argv.includes('--check')) {
    await writeFile(target, text);
  } else if (await readFile(target, 'utf8') !== text) {
    console.error(`${name} differs from the build of the pinned govuk-frontend. Run "npm run styles" in site/ and commit it.`);
    process.exitCode = 1;
  }
}
