using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>
/// A file of top-level statements as <c>dotnet run sample.cs</c> would have it: with the namespaces that the SDK brings, against the
/// framework alone, as a process of its own. Compiled here, which takes a second and leaves no compiler behind.
/// </summary>
internal static class CSharpProgram
{
    private const string Implicit =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private const string RuntimeConfig = """{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"10.0.0"}}}""";

    /// <summary>Compiles a program into a folder and says how to start it.</summary>
    internal static ProcessStartInfo Compile(string source, string folder)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create("Sample",
            [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText(Implicit)],
            Directory.GetFiles(framework, "System*.dll").Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        var program = Path.Combine(folder, "Sample.dll");
        var result = compilation.Emit(program);
        Assert.True(result.Success && result.Diagnostics.All(d => d.Severity < DiagnosticSeverity.Warning), $"{string.Join('\n', result.Diagnostics)}\n{source}");
        File.WriteAllText(Path.ChangeExtension(program, ".runtimeconfig.json"), RuntimeConfig);
        return new ProcessStartInfo("dotnet", [program]);
    }
}
