namespace Vouchsafe.Engine.Tests;

/// <summary>How often a property is tried.</summary>
internal static class Tries
{
    /// <summary>
    /// So often; a twentieth of it under mutation testing (which sets this variable), where the tests run once for each of thousands of
    /// mutants and what one try out of twenty finds is found.
    /// </summary>
    public static int Of(int count) => Environment.GetEnvironmentVariable("STRYKER_MUTANT_FILE") is null ? count : Math.Max(50, count / 20);
}
