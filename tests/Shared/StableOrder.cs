using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer<Vouchsafe.Testing.StableOrder>]
[assembly: TestClassOrderer<Vouchsafe.Testing.StableOrder>]
[assembly: TestMethodOrderer<Vouchsafe.Testing.StableOrder>]
[assembly: TestCaseOrderer<Vouchsafe.Testing.StableOrder>]

namespace Vouchsafe.Testing;

/// <summary>
/// The order in which tests run: shuffled by their names, so it is the same in every folder and on every machine. (xunit's own
/// order follows the path of the assembly, and a test that leans on another one then fails only in some other clone.)
/// <c>VOUCHSAFE_TEST_ORDER</c> with any other word gives another order: long runs use it to look for such tests.
/// </summary>
public sealed class StableOrder : ITestCollectionOrderer, ITestClassOrderer, ITestMethodOrderer, ITestCaseOrderer
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("VOUCHSAFE_TEST_ORDER") ?? "";

    IReadOnlyCollection<T> ITestCollectionOrderer.OrderTestCollections<T>(IReadOnlyCollection<T> testCollections) =>
        Shuffled(testCollections, c => c.TestCollectionDisplayName);

    IReadOnlyCollection<T?> ITestClassOrderer.OrderTestClasses<T>(IReadOnlyCollection<T?> testClasses) where T : default =>
        Shuffled(testClasses, c => c?.TestClassName);

    IReadOnlyCollection<T?> ITestMethodOrderer.OrderTestMethods<T>(IReadOnlyCollection<T?> testMethods) where T : default =>
        Shuffled(testMethods, m => m?.MethodName);

    IReadOnlyCollection<T> ITestCaseOrderer.OrderTestCases<T>(IReadOnlyCollection<T> testCases) =>
        Shuffled(testCases, c => c.TestCaseDisplayName);

    private static List<T> Shuffled<T>(IReadOnlyCollection<T> items, Func<T, string?> name) =>
        [.. items.OrderBy(item => Position(name(item) ?? "")).ThenBy(item => name(item), StringComparer.Ordinal)];

    /// <summary>FNV-1a of the seed and the name: .NET's own string hash differs in every process.</summary>
    private static uint Position(string name)
    {
        var hash = 2166136261;
        foreach (var letter in Seed + name) hash = (hash ^ letter) * 16777619;
        // The last letters have hardly reached the upper bits, by which one sorts.
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        return hash;
    }
}
