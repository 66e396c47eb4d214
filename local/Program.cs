using DasvPipeline.Local.Commands;
using DasvPipeline.Local.Output;

#pragma warning disable RS0030 // The only place that takes the system clock.
var clock = TimeProvider.System;
#pragma warning restore RS0030

return await CommandLineProgram.RunAsync(args, Terminal.OfThisProcess(), clock, CancellationToken.None, stopsOnSignals: true);
