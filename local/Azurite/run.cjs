// Runs Azurite's blob, queue and table services in one process for as long as standard input stays open.
//
//   node run.cjs [--location DIR] [--blob PORT] [--queue PORT] [--table PORT]
//
// Without --location everything is kept in memory. A port of 0, the default, is chosen by the operating system.
// One line on standard output says how it went:
//   ready BLOB QUEUE TABLE | port-taken PORT | port-refused PORT | node-too-old VERSION | packages-missing
// Anything else that goes wrong is on standard error.
//
// Azurite's own command is not used because it has no end but a signal: a parent that is killed outright sends none,
// and the emulator would live on with its ports and its files. The end of a pipe reaches us however the parent dies.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

const OLDEST_NODE = 20;
const HOST = '127.0.0.1';
const MEMORY_LIMIT_BYTES = 1024 * 1024 * 1024;
const KEEP_ALIVE_SECONDS = 60; // Azurite's 5 s makes clients reconnect all the time
const REQUEST_GRACE_MS = 2000;
const STOP_LIMIT_MS = 60000;

// Synchronous, so that the line is out before process.exit.
function say(line) {
  try {
    fs.writeSync(1, line + '\n');
  } catch (error) {
    if (error.code !== 'EPIPE') { // whoever would have read it has gone, and our input has ended with it
      throw error;
    }
  }
}

function giveUp(line) {
  say(line);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  giveUp('node-too-old ' + process.versions.node);
}

const { values: options } = require('util').parseArgs({
  options: {
    location: { type: 'string' },
    blob: { type: 'string', default: '0' },
    queue: { type: 'string', default: '0' },
    table: { type: 'string', default: '0' },
  },
});
const inMemory = options.location === undefined;

// Azurite obeys these: other accounts, or a SQL database in place of our files.
delete process.env.AZURITE_ACCOUNTS;
delete process.env.AZURITE_DB;

// Standard output carries our one line and nothing of Azurite's. A reader that has gone away is not a fault.
console.log = () => {};
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

function load(module) {
  return require('azurite/dist/src/' + module);
}

function createServers() {
  try {
    require.resolve('azurite/package.json');
  } catch {
    giveUp('packages-missing');
  }

  // Telemetry is off unless Azurite's client is initialised, which nothing here does. Standing in for the library that
  // would send it makes that certain, and saves the time it takes to load.
  const telemetryLibrary = require.resolve('applicationinsights', { paths: [path.dirname(require.resolve('azurite/package.json'))] });
  require.cache[telemetryLibrary] = { id: telemetryLibrary, filename: telemetryLibrary, loaded: true, exports: {} };

  const BlobConfiguration = load('blob/BlobConfiguration').default;
  const BlobServer = load('blob/BlobServer').default;
  const QueueConfiguration = load('queue/QueueConfiguration').default;
  const QueueServer = load('queue/QueueServer').default;
  const TableConfiguration = load('table/TableConfiguration').default;
  const TableServer = load('table/TableServer').default;
  load('common/persistence/MemoryExtentStore').SharedChunkStore.setSizeLimit(MEMORY_LIMIT_BYTES);

  const directory = path.resolve(options.location ?? '.');
  if (!inMemory) {
    fs.mkdirSync(directory, { recursive: true });
  }
  const file = (name) => path.join(directory, name);
  const extents = (name, maxConcurrency) => [{ locationId: 'Default', locationPath: file(name), maxConcurrency }];

  // The file names and concurrencies are Azurite's own, so that its command can open the same directory.
  // The arguments are positional: silent, no debug log, strict, and --skipApiVersionCheck, since the Azure SDK is newer.
  const blob = new BlobServer(new BlobConfiguration(
    HOST, Number(options.blob), KEEP_ALIVE_SECONDS,
    file('__azurite_db_blob__.json'), file('__azurite_db_blob_extent__.json'), extents('__blobstorage__', 50),
    /* access log */ false, undefined, /* debug log */ false, undefined, /* loose */ false, /* skipApiVersionCheck */ true,
    '', '', '', undefined, /* disableProductStyleUrl */ false, inMemory));
  const queue = new QueueServer(new QueueConfiguration(
    HOST, Number(options.queue), KEEP_ALIVE_SECONDS,
    file('__azurite_db_queue__.json'), file('__azurite_db_queue_extent__.json'), extents('__queuestorage__', 1),
    /* access log */ false, undefined, /* debug log */ false, undefined, /* loose */ false, /* skipApiVersionCheck */ true,
    '', '', '', undefined, /* disableProductStyleUrl */ false, inMemory));
  const table = new TableServer(new TableConfiguration(
    HOST, Number(options.table), KEEP_ALIVE_SECONDS,
    file('__azurite_db_table__.json'),
    /* debug log */ false, /* access log */ false, undefined, undefined, /* loose */ false, /* skipApiVersionCheck */ true,
    '', '', '', undefined, /* disableProductStyleUrl */ false, inMemory));
  return [blob, queue, table];
}

async function start(servers) {
  for (const server of servers) {
    try {
      await server.start();
    } catch (error) {
      if (error.code === 'EADDRINUSE') {
        giveUp('port-taken ' + server.port);
      }
      if (error.code === 'EACCES' && error.syscall === 'listen') {
        giveUp('port-refused ' + server.port);
      }
      throw error;
    }
  }
  const ports = servers.map((server) => server.httpServer.address().port);
  await Promise.all(ports.map(answers));
  return ports;
}

// Any answer will do, a refusal included: the service is handling requests.
function answers(port) {
  return new Promise((resolve, reject) => {
    http.get({ host: HOST, port, agent: false }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
}

async function stop(servers) {
  // Requests under way are let through, so that what is written to disk is whole.
  await Promise.all(servers.map((server) => new Promise((resolve) => {
    server.httpServer.close(resolve);
    server.httpServer.closeIdleConnections();
    setTimeout(() => server.httpServer.closeAllConnections(), REQUEST_GRACE_MS).unref();
  })));
  if (inMemory) {
    return;
  }

  // Azurite saves each database every 5 s and its own close does not wait for a save that is under way; this one does,
  // because a save asked for meanwhile runs after it.
  const databases = servers
    .flatMap((server) => [server.extentMetadataStore, server.metadataStore])
    .filter((store) => store !== undefined)
    .map((store) => store.db);
  await Promise.all(databases.map((database) => new Promise((resolve, reject) => {
    database.autosaveDisable();
    database.saveDatabase((error) => (error ? reject(error) : resolve()));
  })));
}

// DataDirectoryLock waits for the process named in this file, and one that has ended may still be listed for a while (for
// good, in a container whose first process does not collect orphans).
function leaveDirectory() {
  if (inMemory) {
    return;
  }
  const file = path.join(options.location, 'azurite.owner');
  try {
    if (fs.readFileSync(file, 'utf8').startsWith(process.pid + ' ')) {
      fs.rmSync(file);
    }
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  }
}

async function main() {
  let end;
  let hasEnded = false;
  const ended = new Promise((resolve) => {
    end = (code) => { hasEnded = true; resolve(code); };
  });
  process.stdin.on('end', () => end(0)).on('close', () => end(0)).on('error', () => end(0)).resume();
  process.on('SIGTERM', () => end(0));
  // A terminal sends these to us and to our parent alike; the parent still needs its store, and closes our input when done.
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  process.on('uncaughtException', (error) => { console.error(error); end(1); });
  process.on('unhandledRejection', (error) => { console.error(error); end(1); });

  const servers = createServers();
  await new Promise(setImmediate); // lets an input that is already closed be noticed
  if (hasEnded) {
    leaveDirectory();
    process.exit(0);
  }

  const ports = await start(servers);
  say('ready ' + ports.join(' '));

  const code = await ended;
  setTimeout(() => process.exit(1), STOP_LIMIT_MS);
  await stop(servers);
  leaveDirectory();
  process.exit(code);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
