using Xunit;

namespace Vouchsafe.Testing;

/// <summary>Reference data in the folder <c>shared</c> beside the repository; tests that need it skip where it does not exist.</summary>
internal static class SharedData
{
    internal static string Read(string relativePath)
    {
        var path = Repository.Shared(relativePath.Split('/'));
        Assert.SkipUnless(path is not null, $"The reference data shared/{relativePath} is not here.");
        return File.ReadAllText(path!);
    }
}
