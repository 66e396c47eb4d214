// Installs Azurite into node_modules with npm. azurite.targets runs this before a build if Azurite is missing or outdated.
//
// Builds run in parallel, and npm ci starts by deleting node_modules. One build therefore installs while the others wait.
// Exit codes: 0 installed, 3 Node is too old, others mean that npm failed.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const OLDEST_NODE = 20;
const WAIT_LIMIT_MS = 10 * 60 * 1000;
const LOCK = path.join(__dirname, '.install.lock');
const WANTED = path.join(__dirname, 'package-lock.json');
const INSTALLED = path.join(__dirname, 'node_modules', '.package-lock.json'); // the file that npm writes last

function isInstalled() {
  try {
    return fs.statSync(INSTALLED).mtimeMs >= fs.statSync(WANTED).mtimeMs;
  } catch {
    return false;
  }
}

function isRunning(pid) {
  if (pid === 0) {
    return true; // the lock is new and its owner is about to write its id
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryLock() {
  try {
    fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  }

  // A stopped build leaves its lock.
  try {
    if (!isRunning(Number(fs.readFileSync(LOCK, 'utf8')))) {
      fs.rmSync(LOCK, { force: true });
    }
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  }
  return false;
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function install() {
  // Uses a shell, because npm is a script on Windows. Keeps npm's two retries, but without a minute between them.
  const npm = spawnSync('npm ci --no-audit --no-fund --loglevel=error --prefer-offline --fetch-retry-maxtimeout=10000', {
    cwd: __dirname,
    shell: true,
    stdio: 'inherit',
  });
  return npm.status ?? 1;
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.exit(3);
}

const deadline = Date.now() + WAIT_LIMIT_MS;
while (!tryLock()) {
  if (Date.now() > deadline) {
    console.error('Another build has been installing the storage emulator for 10 minutes.');
    process.exit(1);
  }
  sleep(250);
}

let code = 1;
try {
  code = isInstalled() ? 0 : install();
} finally {
  fs.rmSync(LOCK, { force: true });
}
process.exit(code);
