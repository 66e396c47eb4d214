// Makes govuk.css of the pinned govuk-frontend: `npm run styles`. With --check it compares instead and fails on a difference.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileString } from 'sass';

const folder = new URL('../', import.meta.url);
const target = new URL('govuk.css', folder);
const { version, license } = JSON.parse(await readFile(new URL('node_modules/govuk-frontend/package.json', folder), 'utf8'));

const styles = [
  // Known before the package's own defaults are read.
  '$govuk-font-family: Arial, Helvetica, sans-serif;',
  '$govuk-include-default-font-face: false;',
  '@import "styles/govuk";',
].join('\n');

const { css } = compileString(styles, {
  loadPaths: [fileURLToPath(folder), fileURLToPath(new URL('node_modules/', folder))],
  style: 'compressed',
  charset: false,
  quietDeps: true,
  silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'slash-div'],
});
const made = `/*! GOV.UK Frontend ${version}, ${license} licence, Copyright (c) 2017 Crown Copyright (Government Digital Service), github.com/alphagov/govuk-frontend. Made by npm run styles. */\n${css}\n`;

if (!process.argv.includes('--check')) {
  await writeFile(target, made);
} else if (await readFile(target, 'utf8') !== made) {
  console.error('site/govuk.css is not what the pinned govuk-frontend makes. Run "npm run styles" in site/ and commit it.');
  process.exitCode = 1;
}
