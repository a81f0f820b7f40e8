using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vouchsafe.Architecture.Tests;

/// <summary>The shape: who may know whom.</summary>
public sealed class ProjectsTests
{
    [Theory]
    [InlineData("Vouchsafe.Engine")]
    [InlineData("Vouchsafe.Security")]
    public void PureProjects_ReferenceNothing(string project)
    {
        var file = XDocument.Load(Sources.Path("src", project, project + ".csproj"));

        Assert.Empty(file.Descendants("ProjectReference"));
        Assert.Empty(file.Descendants("FrameworkReference"));
        Assert.Empty(file.Descendants("PackageReference"));
    }

    [Theory]
    [InlineData("Vouchsafe.Engine")]
    [InlineData("Vouchsafe.Security")]
    public void PureProjects_UseOnlyTheBaseLibrary(string project)
    {
        var foreign = System.Reflection.Assembly.Load(project).GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    [Theory]
    [InlineData("Vouchsafe.Engine", @"\b(HttpClient|DbContext|File\.|Directory\.|Environment\.|TimeProvider|RandomNumberGenerator|Guid\.NewGuid|Stopwatch)")]
    [InlineData("Vouchsafe.Security", @"\b(HttpClient|HttpContext|DbContext|File\.|Directory\.|Environment\.|Stopwatch)")]
    public void PureProjects_TouchNeitherClockNorDiskNorNetwork(string project, string pattern)
    {
        var found = Sources.CodeLines(System.IO.Path.Combine("src", project)).Where(line => Regex.IsMatch(line.Text, pattern));

        Assert.Empty(found);
    }

    [Fact]
    public void Storage_KnowsNeitherTheApiNorTheEngine()
    {
        foreach (var project in (string[])["Vouchsafe.Storage", "Vouchsafe.Storage.Sqlite", "Vouchsafe.Storage.Postgres"])
        {
            var references = XDocument.Load(Sources.Path("src", project, project + ".csproj")).Descendants("ProjectReference")
                .Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

            Assert.All(references, r => Assert.Equal("Vouchsafe.Storage", r));
        }
    }

    [Fact]
    public void Origins_AreNeverParsedByUri()
    {
        var found = Sources.CodeLines("src/Vouchsafe.Security").Concat(Sources.CodeLines("src/Vouchsafe.Api/Pipeline"))
            .Where(line => Regex.IsMatch(line.Text, @"\b(System\.)?Uri(Builder|Kind)?\b"));

        Assert.Empty(found);
    }

    [Fact]
    public void EveryProject_IsPartOfTheSolution()
    {
        var listed = XDocument.Load(Sources.Path("Vouchsafe.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value).Order();

        var there = Sources.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)
            && (f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("tests/", StringComparison.Ordinal))).Order();

        Assert.Equal(there, listed.Where(p => p.StartsWith("src/", StringComparison.Ordinal) || p.StartsWith("tests/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Versions_StandInOnePlace()
    {
        foreach (var file in Sources.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("bench/", StringComparison.Ordinal)))
            Assert.DoesNotContain(XDocument.Load(Sources.Path(file)).Descendants("PackageReference"), r => r.Attribute("Version") is not null);
    }
}
