using DasvPipeline.Core.Publish.Disclosure;

namespace DasvPipeline.UnitTests.Publish.Disclosure;

/// <summary>Small random programs are compared with a search through all whole numbers.</summary>
public class LinearProgramTests
{
    private const int Columns = 4;
    private const int Most = 4;

    [Fact]
    public void A_solution_satisfies_every_row_and_is_as_good_as_any_in_whole_numbers()
    {
        var (solved, without) = (0, 0);
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var rows = Rows(random).ToList();
            LinearTerm[] objective = [.. Terms(random, isPositive: false)];
            var program = new LinearProgram(Columns);
            foreach (var row in rows)
            {
                program.Add(row.Parts, row.Relation, row.Bound);
            }

            var best = WholeNumbers().Where(values => rows.TrueForAll(row => IsSatisfied(row, values))).Select(values => (double?)Value(objective, values)).Max();
            var solution = program.Maximise(objective);
            if (best is null)
            {
                without++;
            }
            else
            {
                solved++;
                Assert.True(solution is not null, $"Seed {seed} has a solution.");
                Assert.True(Value(objective, solution) >= best - 1e-6, $"Seed {seed} has a better solution.");
            }

            Assert.True(solution is null || rows.TrueForAll(row => IsSatisfied(row, solution)), $"The solution of seed {seed} breaks a row.");
        }

        Assert.True(solved > 500 && without > 500, $"{solved} programs have a solution in whole numbers, {without} have none.");
    }

    [Fact]
    public void Published_counts_and_repeated_totals_leave_little_to_solve()
    {
        // Columns 0 and 1 are hidden and at least 1. The others were published, in one release after another, with the total.
        List<LinearRow> rows = [Single(0, Relation.AtLeast, 1), Single(1, Relation.AtLeast, 1)];
        for (var column = 2; column < 10; column++)
        {
            rows.Add(Single(column, Relation.Equal, column));
            rows.Add(new LinearRow([new LinearTerm(0, 1), new LinearTerm(1, 1), new LinearTerm(column, 1)], Relation.Equal, 7 + column));
        }

        var left = Assert.Single(ReducedProgram.Create(10, rows)!.Rows);
        Assert.Equal((2, Relation.Equal, 5), (left.Parts.Count, left.Relation, left.Bound));

        static LinearRow Single(int column, Relation relation, double bound) => new([new LinearTerm(column, 1)], relation, bound);
    }

    /// <summary>The columns are limited, so that the search through all whole numbers is complete.</summary>
    private static IEnumerable<LinearRow> Rows(Random random)
    {
        for (var column = 0; column < Columns; column++)
        {
            yield return new LinearRow([new LinearTerm(column, 1)], Relation.AtMost, Most);
        }

        for (var row = random.Next(1, 6); row > 0; row--)
        {
            yield return new LinearRow([.. Terms(random, isPositive: random.Next(3) > 0)], (Relation)random.Next(3), random.Next(-2, 9));
        }
    }

    private static IEnumerable<LinearTerm> Terms(Random random, bool isPositive) =>
        Enumerable.Range(0, Columns).Where(_ => random.Next(2) == 0).Select(column => new LinearTerm(column, isPositive || random.Next(2) == 0 ? 1 : -1));

    private static IEnumerable<double[]> WholeNumbers() =>
        Enumerable.Range(0, (int)Math.Pow(Most + 1, Columns)).Select(number => Enumerable.Range(0, Columns).Select(column => (double)(number / (int)Math.Pow(Most + 1, column) % (Most + 1))).ToArray());

    private static double Value(IEnumerable<LinearTerm> parts, double[] values) => parts.Sum(part => part.Factor * values[part.Column]);

    private static bool IsSatisfied(LinearRow row, double[] values)
    {
        var difference = Value(row.Parts, values) - row.Bound;
        return row.Relation switch
        {
            Relation.AtMost => difference < 1e-6,
            Relation.AtLeast => difference > -1e-6,
            _ => Math.Abs(difference) < 1e-6,
        };
    }
}
