// Keeps the compiled code of installed modules in one file, so that a start need not find and compile about 1,000 of them.
//
// The file is in node_modules, so an installation deletes it. It is used only if it is complete, by the same version of Node, and with
// the same installation. A module whose file has changed is read and compiled. Without a valid file, a start is slower, and the same.
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const v8 = require('v8');
const vm = require('vm');
const Module = require('module');

const HASH_BYTES = 32;
const LENGTH_BYTES = 4;

// Uses the compiled code of the modules in `<directory>/node_modules`. Returns the number of modules in the file, and `write`, which
// writes the file if there was no valid one.
function use(directory) {
  const packages = path.join(directory, 'node_modules') + path.sep;
  const file = path.join(packages, '.cache', 'modules.bin');
  const installation = describeInstallation(packages);
  const kept = read(file, installation) ?? { modules: new Map(), resolved: new Map() };
  const seen = { scripts: new Map(), resolved: new Map() };
  const isFresh = memoize((filename) => {
    const found = kept.modules.get(filename);
    return found !== undefined && found.stamp === stampOf(filename);
  });

  const load = Module._extensions['.js'];
  Module._extensions['.js'] = (module, filename) => {
    if (isFresh(filename)) {
      const { source, code } = kept.modules.get(filename);
      run(module, filename, new vm.Script(source(), optionsFor(filename, code())));
    } else {
      load(module, filename);
    }
  };

  const { _compile } = Module.prototype;
  Module.prototype._compile = function (content, filename) {
    if (kept.modules.size > 0 || !filename.startsWith(packages) || !filename.endsWith('.js') || !canKeep(content)) {
      return _compile.apply(this, arguments);
    }
    const source = Module.wrap(content);
    const script = new vm.Script(source, optionsFor(filename));
    seen.scripts.set(filename, { source, script, stamp: stampOf(filename) });
    return run(this, filename, script);
  };

  const { _resolveFilename } = Module;
  Module._resolveFilename = function (request, parent, isMain, options) {
    if (options !== undefined || !parent?.filename?.startsWith(directory)) {
      return _resolveFilename.apply(this, arguments);
    }
    const key = path.dirname(parent.filename) + '\n' + request;
    const known = kept.resolved.get(key);
    if (known !== undefined && isFresh(known)) {
      return known;
    }
    const filename = _resolveFilename.apply(this, arguments);
    seen.resolved.set(key, filename);
    return filename;
  };

  return { count: kept.modules.size, write: async () => { if (kept.modules.size === 0) { await write(file, installation, seen); } } };
}

// Code of another version of Node or V8, or of other packages, is of no use.
function describeInstallation(packages) {
  return [packages, process.version, process.arch, v8.cachedDataVersionTag(), stampOf(path.join(packages, '.package-lock.json'))].join(' ');
}

function stampOf(filename) {
  const stat = fs.statSync(filename, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.size} ${stat.mtimeMs}`;
}

function memoize(find) {
  const found = new Map();
  return (key) => {
    if (!found.has(key)) {
      found.set(key, find(key));
    }
    return found.get(key);
  };
}

// A dynamic import needs the loader of Node, and the first line of a program is not valid inside a function.
function canKeep(content) {
  return !content.startsWith('#!') && !/\bimport\s*\(/.test(content);
}

function optionsFor(filename, cachedData) {
  return { filename, cachedData };
}

function run(module, filename, script) {
  const own = (request) => module.require(request);
  own.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  own.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  own.main = process.mainModule;
  own.extensions = Module._extensions;
  own.cache = Module._cache;
  return script.runInThisContext().call(module.exports, module.exports, own, module, filename, path.dirname(filename));
}

function read(file, installation) {
  try {
    const bytes = fs.readFileSync(file);
    const content = bytes.subarray(HASH_BYTES);
    if (!hashOf(content).equals(bytes.subarray(0, HASH_BYTES))) {
      return null;
    }
    const start = LENGTH_BYTES + content.readUInt32LE(0);
    const index = JSON.parse(content.toString('utf8', LENGTH_BYTES, start));
    if (index.installation !== installation) {
      return null;
    }
    let at = start;
    const modules = new Map();
    for (const [filename, stamp, sourceLength, codeLength] of index.modules) {
      const [from, middle, to] = [at, at + sourceLength, at + sourceLength + codeLength];
      modules.set(filename, { stamp, source: () => content.toString('utf8', from, middle), code: () => content.subarray(middle, to) });
      at = to;
    }
    return { modules, resolved: new Map(index.resolved) };
  } catch {
    return null;
  }
}

async function write(file, installation, { scripts, resolved }) {
  const unfinished = `${file}.${process.pid}`;
  try {
    const modules = [];
    const parts = [];
    for (const [filename, { source, script, stamp }] of scripts) {
      const [text, code] = [Buffer.from(source), script.createCachedData()];
      modules.push([filename, stamp, text.length, code.length]);
      parts.push(text, code);
      await new Promise(setImmediate); // requests are handled between two modules
    }
    const index = Buffer.from(JSON.stringify({ installation, modules, resolved: [...resolved].filter(([, filename]) => scripts.has(filename)) }));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(index.length);
    const content = Buffer.concat([length, index, ...parts]);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(unfinished, Buffer.concat([hashOf(content), content]));
    fs.renameSync(unfinished, file);
  } catch {
    // For example, the folder cannot be written. The next start compiles again.
    tryDelete(unfinished);
  }
}

function tryDelete(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // It is deleted with the folder at the next installation.
  }
}

function hashOf(content) {
  return crypto.createHash('sha256').update(content).digest();
}

module.exports = { use };
