// Lets Azurite search by the indexes that its database has. Without this, each request reads every blob of the store or every row of its
// table, so that a store with 10 times as much needs 100 times as long. The results are the same.
'use strict';

const path = require('path');

const Loki = require(require.resolve('lokijs', { paths: [path.dirname(require.resolve('azurite/package.json'))] }));

/** @param LokiTableMetadataStore Azurite's class. */
exports.useIndexes = function (LokiTableMetadataStore) {
  startWithFewest(Object.getPrototypeOf(new Loki('').addCollection('any').chain()));
  readRangesOnly(LokiTableMetadataStore.prototype);
};

// The database uses an index for the first condition of a search only, and Azurite always puts the account first, which everything has. The
// condition with the fewest matches comes first instead. A list of the blobs with a prefix has a condition that uses no index, so the range of
// their names is added to it.
function startWithFewest(resultset) {
  const { findAnd } = resultset;
  if (findAnd === undefined || resultset.$and !== findAnd) {
    throw new Error('This version of Azurite has another database.');
  }
  resultset.$and = function (conditions) {
    if (this.filterInitialized) {
      return findAnd.call(this, conditions);
    }
    const all = [...conditions, ...conditions.flatMap(rangeOfPrefix)];
    const counted = all.map((condition) => ({ condition, count: countMatches(this.collection, condition) }));
    return findAnd.call(this, counted.sort((a, b) => a.count - b.count).map(({ condition }) => condition));
  };
}

function countMatches(collection, condition) {
  const [[property, value]] = Object.entries(condition);
  const operator = typeof value === 'string' ? '$eq' : Object.keys(value ?? {})[0];
  if (!['$eq', '$between'].includes(operator) || collection.binaryIndices[property] === undefined) {
    return Infinity;
  }
  const [first, last] = collection.calculateRange(operator, property, value.$between ?? value);
  return last - first + 1;
}

// Azurite escapes a prefix like this. The index sorts numbers first and then texts, so a range of it has the names only if they start with a letter.
const PREFIX = /^\^([a-z](?:[^-/\\^$*+?.()|[\]{}]|\\.)*)$/;

function rangeOfPrefix(condition) {
  const [[property, value]] = Object.entries(condition);
  const prefix = PREFIX.exec(value?.$regex)?.[1].replace(/\\(.)/g, '$1');
  return prefix === undefined ? [] : [{ [property]: { $between: [prefix, `${prefix}\uffff`] } }];
}

// The whole filter, or the start of one whose other conditions also apply, for keys that start with a letter.
const RANGE = /^PartitionKey eq '(?:[^']|'')*' and RowKey ge '([a-z][^']*)' and RowKey lt '([a-z][^']*)'(?:$| and (?!.* or ))/;

function readRangesOnly(tables) {
  const { queryTableEntities } = tables;
  if (queryTableEntities === undefined) {
    throw new Error('This version of Azurite has other tables.');
  }
  tables.queryTableEntities = function (context, account, table, options, ...next) {
    const range = RANGE.exec(options.filter ?? '');
    if (range === null) {
      return queryTableEntities.call(this, context, account, table, options, ...next);
    }
    const narrowed = Object.create(this);
    narrowed.getEntityCollection = (...names) => {
      const rows = this.getEntityCollection(...names);
      return { chain: () => rows.chain().find({ RowKey: { $between: [range[1], range[2]] } }) };
    };
    return queryTableEntities.call(narrowed, context, account, table, options, ...next);
  };
}
