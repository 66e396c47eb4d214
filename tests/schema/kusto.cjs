// Parses Kusto queries, and checks their names against the tables of Application Insights that the queries use.
//
//   node kusto.cjs FILE      a JSON array of queries
//
// One line on standard output for each mistake. Exit codes: 0 all queries are valid, 1 something is wrong.
'use strict';

const fs = require('fs');
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;
const tables = {
  AppDependencies: '(TimeGenerated:datetime, Name:string, Success:bool, DurationMs:real, OperationId:string, Id:string, Properties:dynamic)',
  AppExceptions: '(TimeGenerated:datetime, ExceptionType:string, OperationName:string)',
  AppMetrics: '(TimeGenerated:datetime, Name:string, Sum:real, Min:real, Max:real, ItemCount:int, Properties:dynamic)',
  Usage: '(TimeGenerated:datetime, DataType:string, Quantity:real, IsBillable:bool)',
};
const symbols = Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('workspace', symbols));

let wrong = 0;
for (const query of JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))) {
  const mistakes = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  for (let i = 0; i < mistakes.Count; i++) {
    console.log(`${query}: ${mistakes.getItem(i).Message}`);
    wrong++;
  }
}
process.exit(wrong === 0 ? 0 : 1);
