// Runs Azurite's blob, queue and table services in one process until standard input is closed.
//
//   node run.cjs [--location DIR] [--blob PORT] [--queue PORT] [--table PORT]
//
// Without --location everything is kept in memory. For port 0, the default, the operating system chooses one.
// One line on standard output reports the result:
//   ready BLOB QUEUE TABLE | port-taken PORT | port-refused PORT | node-too-old VERSION | packages-missing
// Other errors are written to standard error.
//
// Azurite's own command is not used because only a signal stops it. A parent that is killed sends none, and the emulator
// would keep its ports and files. A pipe is closed however the parent ends.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

const OLDEST_NODE = 20;
const HOST = '127.0.0.1';
const MEMORY_LIMIT_BYTES = 2 * 1024 * 1024 * 1024;
const KEEP_ALIVE_SECONDS = 60; // with Azurite's 5 s, clients reconnect all the time
const REQUEST_GRACE_MS = 2000;
const STOP_LIMIT_MS = 60000;
const WRITE_MODULES_AFTER_MS = 5000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

// Synchronous, so that the line is written before process.exit.
function writeLine(line) {
  try {
    fs.writeSync(1, line + '\n');
  } catch (error) {
    if (error.code !== 'EPIPE') { // the reader has ended, and our input with it
      throw error;
    }
  }
}

function exitWith(line) {
  writeLine(line);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  exitWith('node-too-old ' + process.versions.node);
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

// Azurite would use these variables to select other accounts, or a SQL database instead of our files.
delete process.env.AZURITE_ACCOUNTS;
delete process.env.AZURITE_DB;

// Standard output contains only our one line. A reader that has ended is not an error.
console.log = () => {};
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

const modules = require('./modules.cjs').use(__dirname);

function load(module) {
  return require('azurite/dist/src/' + module);
}

// Loads a module when one of its members is used.
function loadWhenUsed(name) {
  const filename = require.resolve(name);
  let loaded;
  const exports = new Proxy({}, {
    get(_, key) {
      if (loaded === undefined) {
        delete require.cache[filename];
        loaded = require(filename);
      }
      return loaded[key];
    },
  });
  require.cache[filename] = { id: filename, filename, loaded: true, exports };
}

function createServers() {
  try {
    require.resolve('azurite/package.json');
  } catch {
    exitWith('packages-missing');
  }

  // Telemetry is off unless Azurite's client is initialised, which nothing here does. Replacing the library that would
  // send it makes this certain, and saves its loading time.
  const telemetryLibrary = require.resolve('applicationinsights', { paths: [path.dirname(require.resolve('azurite/package.json'))] });
  require.cache[telemetryLibrary] = { id: telemetryLibrary, filename: telemetryLibrary, loaded: true, exports: {} };

  // Azurite uses these for its log, which is off, and for requests of its own, which it does not send.
  ['winston', 'tough-cookie'].forEach(loadWhenUsed);

  const BlobConfiguration = load('blob/BlobConfiguration').default;
  const BlobServer = load('blob/BlobServer').default;
  const QueueConfiguration = load('queue/QueueConfiguration').default;
  const QueueServer = load('queue/QueueServer').default;
  const TableConfiguration = load('table/TableConfiguration').default;
  const TableServer = load('table/TableServer').default;
  require('./search.cjs').useIndexes(load('table/persistence/LokiTableMetadataStore').default);
  load('common/persistence/MemoryExtentStore').SharedChunkStore.setSizeLimit(MEMORY_LIMIT_BYTES);

  const directory = path.resolve(options.location ?? '.');
  if (!inMemory) {
    fs.mkdirSync(directory, { recursive: true });
  }
  const file = (name) => path.join(directory, name);
  if (!inMemory) {
    ['blob', 'blob_extent', 'queue', 'queue_extent', 'table'].forEach((name) => require('./journal.cjs').recover(file(`__azurite_db_${name}__.json`)));
  }
  const extents = (name, maxConcurrency) => [{ locationId: 'Default', locationPath: file(name), maxConcurrency }];

  // The file names and concurrencies are Azurite's own, so that its command can open the same directory.
  // The positional arguments mean: silent, no debug log, strict, and --skipApiVersionCheck (the Azure SDK is newer).
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
  if (inMemory) {
    // Azurite's collector takes what is being written at that moment for garbage. On disk it leaves out the files that are being written.
    // In memory it does not, and the blob is lost. A store in memory lives too briefly to need it.
    for (const { gcManager } of [blob, queue]) {
      if (gcManager.gcIntervalInMS === undefined) {
        throw new Error('This version of Azurite has another collector.');
      }
      gcManager.gcIntervalInMS = LONGEST_TIMER_MS;
    }
  }
  return [blob, queue, table];
}

async function start(servers) {
  for (const server of servers) {
    try {
      await server.start();
    } catch (error) {
      if (error.code === 'EADDRINUSE') {
        exitWith('port-taken ' + server.port);
      }
      if (error.code === 'EACCES' && error.syscall === 'listen') {
        exitWith('port-refused ' + server.port);
      }
      throw error;
    }
    refuseWebPages(server.httpServer);
    if (!inMemory) {
      keepJournals(server);
    }
  }
  const ports = servers.map((server) => server.httpServer.address().port);
  await Promise.all(ports.map(waitForResponse));
  return ports;
}

// A web page in a browser on this computer can reach our ports: by a host name of its own that leads here, or with a request that it
// signs itself, because the account's key is public. A program sends neither another host name nor an origin.
function refuseWebPages(httpServer) {
  const own = [HOST, 'localhost'].map((name) => `${name}:${httpServer.address().port}`);
  const handlers = httpServer.listeners('request');
  httpServer.removeAllListeners('request').on('request', (request, response) => {
    if (own.includes((request.headers.host ?? '').toLowerCase()) && request.headers.origin === undefined && request.url.startsWith('/')) {
      handlers.forEach((handle) => handle.call(httpServer, request, response));
    } else {
      response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Only programs on this computer can use this store.');
    }
  });
}

// No request is handled before this, because the server has only just started.
function keepJournals(server) {
  const { attach, keepBatchesTogether } = require('./journal.cjs');
  for (const store of storesOf(server)) {
    const journal = attach(store.db);
    if (store.beginBatchTransaction) {
      keepBatchesTogether(store, journal);
    }
  }
}

function storesOf(server) {
  return [server.extentMetadataStore, server.metadataStore].filter((store) => store !== undefined);
}

// Any response shows that the service handles requests, even an error.
function waitForResponse(port) {
  return new Promise((resolve, reject) => {
    http.get({ host: HOST, port, agent: false }, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
}

async function stop(servers) {
  // Wait for requests in progress, so that the files on disk are complete.
  await Promise.all(servers.map((server) => new Promise((resolve) => {
    server.httpServer.close(resolve);
    server.httpServer.closeIdleConnections();
    setTimeout(() => server.httpServer.closeAllConnections(), REQUEST_GRACE_MS).unref();
  })));
  if (inMemory) {
    return;
  }

  // Azurite saves each database every 5 s, and its own close does not wait for a save in progress. This one does, because
  // a new save runs after it.
  const databases = servers.flatMap(storesOf).map((store) => store.db);
  await Promise.all(databases.map((database) => new Promise((resolve, reject) => {
    database.autosaveDisable();
    database.saveDatabase((error) => (error ? reject(error) : resolve()));
  })));
}

// DataDirectoryLock waits for the process in this file. A process that has ended may still be listed for a while, or always
// in a container whose first process does not collect orphans.
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
  // A terminal sends these to us and to our parent. The parent still needs its store, and closes our input when it is done.
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  process.on('uncaughtException', (error) => { console.error(error); end(1); });
  process.on('unhandledRejection', (error) => { console.error(error); end(1); });

  const servers = createServers();
  await new Promise(setImmediate); // notices an input that is already closed
  if (hasEnded) {
    leaveDirectory();
    process.exit(0);
  }

  const ports = await start(servers);
  writeLine('ready ' + ports.join(' '));
  setTimeout(modules.write, WRITE_MODULES_AFTER_MS).unref();

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
