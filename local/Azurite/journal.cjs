// Keeps every change of a database of Azurite in a file, so that a killed process loses nothing that it has acknowledged.
//
// Azurite keeps its databases (Loki) in memory and saves each of them every 5 seconds. Without a journal, a process that is killed
// loses the changes since then. Each change is therefore appended to `<database>.journal.<number>` before the response is sent.
// A save starts the next number, and deletes the earlier ones when it is complete. A start applies what is left.
'use strict';

const fs = require('fs');
const path = require('path');
const Loki = require('lokijs');

// A process that is killed keeps what it has written: it is in the operating system. Only a power cut could lose it.
class Journal {
  constructor(database) {
    this.database = database;
    this.number = 0;
    this.file = null;
    this.batch = null;
    this.next();
  }

  next() {
    const before = this.file;
    this.number += 1;
    this.file = fs.openSync(`${this.database}.journal.${this.number}`, 'a');
    if (before !== null) {
      fs.closeSync(before);
    }
  }

  deleteBefore(number) {
    for (const old of journalsOf(this.database).filter((item) => item.number < number)) {
      fs.rmSync(old.file, { force: true });
    }
  }

  write(change) {
    const text = JSON.stringify(change);
    if (this.batch === null) {
      fs.writeSync(this.file, `[${text}]\n`);
    } else {
      this.batch.push(text);
    }
  }

  // The changes of a transaction are one line, so that it is applied as a whole or not at all.
  startBatch() {
    this.batch ??= [];
  }

  endBatch() {
    const changes = this.batch ?? [];
    this.batch = null;
    if (changes.length > 0) {
      fs.writeSync(this.file, `[${changes.join(',')}]\n`);
    }
  }
}

function journalsOf(database) {
  const start = path.basename(database) + '.journal.';
  return fs.readdirSync(path.dirname(database))
    .filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
    .map((name) => ({ file: path.join(path.dirname(database), name), number: Number(name.slice(start.length)) }))
    .sort((a, b) => a.number - b.number);
}

function saveNow(db, database) {
  fs.writeFileSync(database + '~', db.serialize());
  fs.renameSync(database + '~', database);
}

// The last line is incomplete if the process was killed while it wrote it. Then it had not responded either.
function* linesOf(file) {
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    try {
      yield line === '' ? [] : JSON.parse(line);
    } catch {
      return;
    }
  }
}

// Applies the changes that a killed process has not saved. Call it before Azurite loads the database.
function recover(database) {
  const journals = fs.existsSync(path.dirname(database)) ? journalsOf(database) : [];
  if (journals.every((journal) => fs.statSync(journal.file).size === 0)) {
    journals.forEach((journal) => fs.rmSync(journal.file));
    return;
  }

  const db = new Loki(database, { persistenceMethod: 'memory' });
  if (fs.existsSync(database)) {
    db.loadJSON(fs.readFileSync(database, 'utf8'));
  }

  const documents = new Map(db.collections.map((collection) => [collection.name, new Map(collection.data.map((item) => [item.$loki, item]))]));
  for (const journal of journals) {
    for (const change of [...linesOf(journal.file)].flat()) {
      if (change.created) {
        db.addCollection(change.in, change.created);
        documents.set(change.in, new Map());
      } else if (change.removed) {
        db.removeCollection(change.in);
        documents.delete(change.in);
      } else if (change.deleted) {
        change.deleted.forEach((id) => documents.get(change.in)?.delete(id));
      } else {
        change.set.forEach((item) => documents.get(change.in)?.set(item.$loki, item));
      }
    }
  }

  for (const collection of db.collections) {
    collection.data = [...documents.get(collection.name).values()].sort((a, b) => a.$loki - b.$loki);
    collection.maxId = collection.data.reduce((highest, item) => Math.max(highest, item.$loki), collection.maxId);
    collection.ensureId();
    collection.ensureAllIndexes(true);
  }

  saveNow(db, database);
  journals.forEach((journal) => fs.rmSync(journal.file));
}

// Writes every further change of a loaded database to its journal.
function attach(db) {
  const database = db.filename;
  saveNow(db, database);
  const journal = new Journal(database);
  db.collections.forEach((collection) => follow(collection, journal));

  const { addCollection, removeCollection } = db;
  db.addCollection = (name, options) => {
    const isNew = db.getCollection(name) === null;
    const collection = addCollection.call(db, name, options);
    if (isNew) {
      journal.write({ in: name, created: options ?? {} });
      follow(collection, journal);
    }
    return collection;
  };
  db.removeCollection = (name) => {
    journal.write({ in: name, removed: true });
    removeCollection.call(db, name);
  };

  // Called with the whole database as text, at the moment when it was taken.
  const { saveDatabase } = db.persistenceAdapter;
  db.persistenceAdapter.saveDatabase = (name, text, done) => {
    journal.next();
    const { number } = journal;
    saveDatabase.call(db.persistenceAdapter, name, text, (error) => {
      if (!error) {
        journal.deleteBefore(number);
      }
      done(error);
    });
  };
  return journal;
}

function follow(collection, journal) {
  const { emit, removeBatchByPositions } = collection;
  collection.emit = function (event, data) {
    if (event === 'insert' || event === 'update') {
      journal.write({ in: collection.name, set: [data].flat() });
    } else if (event === 'delete') {
      journal.write({ in: collection.name, deleted: [data.$loki] });
    }
    return emit.apply(collection, arguments);
  };

  // It reports no deletion to anybody.
  collection.removeBatchByPositions = (positions) => {
    const deleted = positions.map((position) => collection.data[position].$loki);
    removeBatchByPositions.call(collection, positions);
    journal.write({ in: collection.name, deleted });
  };
}

// Keeps a transaction of the table service together.
function keepBatchesTogether(metadataStore, journal) {
  const { beginBatchTransaction, endBatchTransaction } = metadataStore;
  metadataStore.beginBatchTransaction = async (...args) => {
    await beginBatchTransaction.apply(metadataStore, args);
    journal.startBatch();
  };
  metadataStore.endBatchTransaction = async (...args) => {
    try {
      await endBatchTransaction.apply(metadataStore, args);
    } finally {
      journal.endBatch();
    }
  };
}

module.exports = { recover, attach, keepBatchesTogether };
