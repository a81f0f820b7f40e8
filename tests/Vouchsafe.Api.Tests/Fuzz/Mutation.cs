using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>What is sent.</summary>
/// <param name="Seed">Where it comes from.</param>
/// <param name="Path">Path and query, as they are to stand on the wire.</param>
/// <param name="Body">The body; null: none.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Members">Names on the way to the one member that was replaced; null: something else was done to the request.</param>
/// <param name="What">What was done to the seed.</param>
internal sealed record FuzzRequest(Seed Seed, string Path, byte[]? Body, string? ContentType, IReadOnlyList<string>? Members, string What)
{
    public override string ToString() => $"{Seed.Verb} {Shown(Path)} [{What}] {Shown(Body is null ? "" : Encoding.UTF8.GetString(Body))}";

    private static string Shown(string text) => text.Length <= 900 ? text : text[..900] + $"... ({text.Length})";
}

/// <summary>Makes a wrong request of a right one.</summary>
/// <param name="names">For the placeholders of the seeds.</param>
/// <param name="values">If given, only one member is replaced, by one of these.</param>
internal sealed class Mutation(IReadOnlyDictionary<string, string> names, string[]? values = null)
{
    private static readonly Gen<(int Kind, int Place, int Value, int Extra)> Choices =
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000]);

    private readonly IReadOnlyList<Seed> _seeds = [.. Seeds.All()];
    private int _number;

    internal FuzzRequest Next(PCG pcg)
    {
        var (kind, place, value, extra) = Choices.Generate(pcg, null, out _);
        var seed = _seeds[extra % _seeds.Count];
        // Operations with a body have most ways to go wrong.
        if (seed.Body is null && kind % 3 != 0) seed = _seeds[(extra / 7) % _seeds.Count];
        var (path, body) = seed.Fill(names, ++_number);
        if (seed.IsForm) return Form(seed, path, kind, value);
        if (body is null) return WithoutBody(seed, path, kind, value);
        if (values is not null) return Member(seed, path, body, place, Pick(values, value), "value");
        return kind switch
        {
            < 60 => Member(seed, path, body, place, Pick(Nasty.Json, value), "value"),
            < 64 => Member(seed, path, body, place, Pick(Nasty.Broken, value), "broken value"),
            < 70 => Twice(seed, path, body, place, value),
            < 73 => Member(seed, path, body, place, '"' + new string('y', value % 20 == 0 ? 1_000_000 : 20_000) + '"', "long text"),
            < 76 => Text(seed, path, Pick(Nasty.Json, value), "whole body"),
            < 80 => Bytes(seed, path, Broken(body.ToJsonString(), value), "bytes"),
            < 84 => new FuzzRequest(seed, path, Encoding.UTF8.GetBytes(body.ToJsonString()), Pick(Nasty.ContentTypes, value), null, "content type"),
            < 90 => Query(seed, path, body, value),
            < 96 => Text(seed, Segment(path, place, value), body.ToJsonString(), "path"),
            _ => Text(seed, path, body.ToJsonString(), "as it is"),
        };
    }

    private static T Pick<T>(T[] values, int number) => values[number % values.Length];

    private static FuzzRequest WithoutBody(Seed seed, string path, int kind, int value) => kind < 55
        ? Query(seed, path, null, value)
        : kind < 95 ? new FuzzRequest(seed, Segment(path, value / 100, value, seed.Verb == "DELETE"), null, null, null, "path")
        : new FuzzRequest(seed, path, Encoding.UTF8.GetBytes(Pick(Nasty.Json, value)), "application/json", null, "unasked body");

    private static FuzzRequest Query(Seed seed, string path, JsonNode? body, int value)
    {
        var (name, text) = Pick(Nasty.Query, value);
        var whole = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={text}";
        return new FuzzRequest(seed, whole, body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString()), body is null ? null : "application/json", null, "query");
    }

    private static FuzzRequest Form(Seed seed, string path, int kind, int value)
    {
        var (name, text) = Pick(Nasty.Query, value);
        var body = kind < 50 ? $"{seed.Body}&{name}={text}" : kind < 80 ? $"grant_type={text}&access_token={text}&token={text}&scope={text}" : Pick(Nasty.Json, value);
        return new FuzzRequest(seed, path, Encoding.UTF8.GetBytes(body), kind < 90 ? "application/x-www-form-urlencoded" : Pick(Nasty.ContentTypes, value), null, "form");
    }

    private static FuzzRequest Text(Seed seed, string path, string body, string what) => Bytes(seed, path, Encoding.UTF8.GetBytes(body), what);

    private static FuzzRequest Bytes(Seed seed, string path, byte[] body, string what) => new(seed, path, body, "application/json", null, what);

    private static FuzzRequest Member(Seed seed, string path, JsonNode body, int place, string raw, string what)
    {
        var writer = new TreeWriter(place % TreeWriter.Count(body), raw, null);
        var text = writer.Write(body);
        return new FuzzRequest(seed, path, Encoding.UTF8.GetBytes(text), "application/json", writer.Members, what);
    }

    private static FuzzRequest Twice(Seed seed, string path, JsonNode body, int place, int value)
    {
        var writer = new TreeWriter(place % TreeWriter.Count(body), null, value % 3 == 0 ? n => n.ToUpperInvariant() : n => n);
        return new FuzzRequest(seed, path, Encoding.UTF8.GetBytes(writer.Write(body)), "application/json", null, "member twice");
    }

    private static string Segment(string path, int place, int value, bool deletes = false)
    {
        var parts = path.Split('?');
        var segments = parts[0].Split('/');
        var from = Math.Min(3, segments.Length - 1);
        var segment = Pick(Nasty.Path, value);
        // A dot segment makes another, right path; deleting what stands there would end the seeds.
        segments[from + place % (segments.Length - from)] = deletes && segment is ".." or "%2e%2e" or "%2F..%2F.." ? "x" : segment;
        return string.Join('/', segments) + (parts.Length > 1 ? "?" + parts[1] : "");
    }

    private static byte[] Broken(string json, int value)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var cut = value % bytes.Length;
        return (value % 9) switch
        {
            0 => bytes[..cut],
            1 => [0xEF, 0xBB, 0xBF, .. bytes],
            2 => [.. bytes[..cut], 0xFF, .. bytes[cut..]],
            3 => [.. bytes[..cut], 0xED, 0xA0, 0x80, .. bytes[cut..]],
            4 => Encoding.Unicode.GetBytes(json),
            5 => [.. bytes, (byte)'}'],
            6 => [.. bytes, 0],
            7 => [.. bytes[..cut], 0, .. bytes[cut..]],
            _ => [.. bytes, .. bytes],
        };
    }
}

/// <summary>Writes a JSON tree as text with a change at one place, which no JSON library would write.</summary>
internal sealed class TreeWriter(int place, string? raw, Func<string, string>? twice)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _way = [];
    private int _at = -1;

    /// <summary>Names of the members around the change.</summary>
    internal IReadOnlyList<string> Members { get; private set; } = [];

    internal static int Count(JsonNode? node) => 1 + node switch
    {
        JsonObject o => o.Sum(m => Count(m.Value)),
        JsonArray a => a.Sum(Count),
        _ => 0,
    };

    internal string Write(JsonNode node)
    {
        Value(node);
        return _text.ToString();
    }

    private bool Value(JsonNode? node)
    {
        var isHere = ++_at == place;
        if (isHere) Members = [.. _way];
        if (isHere && raw is not null)
        {
            _text.Append(raw);
            _at += Count(node) - 1;
            return true;
        }
        switch (node)
        {
            case JsonObject o:
                Write('{', '}', [.. o], m => Inside(m.Key, m.Value));
                break;
            case JsonArray a:
                Write('[', ']', [.. a], i => Value(i));
                break;
            default:
                _text.Append(node?.ToJsonString() ?? "null");
                break;
        }
        return isHere;
    }

    private bool Inside(string name, JsonNode? value)
    {
        _way.Add(name);
        _text.Append('"').Append(name).Append("\":");
        var isHere = Value(value);
        if (isHere && twice is not null) _text.Append(",\"").Append(twice(name)).Append("\":").Append(value?.ToJsonString() ?? "null");
        _way.RemoveAt(_way.Count - 1);
        return false;
    }

    private void Write<T>(char open, char close, IReadOnlyList<T> entries, Func<T, bool> write)
    {
        _text.Append(open);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0) _text.Append(',');
            write(entries[i]);
        }
        _text.Append(close);
    }
}
