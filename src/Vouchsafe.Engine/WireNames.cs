using System.Text;

namespace Vouchsafe.Engine;

/// <summary>Turns enum members into the wire's <c>UPPER_SNAKE_CASE</c> names and back.</summary>
public static class WireNames
{
    /// <summary>The wire name, for example <c>APPLY_TO_ORDER</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ByValue[value];

    /// <summary>Reads a wire name exactly (case matters). False for anything else.</summary>
    public static bool TryParse<T>(string? name, out T value) where T : struct, Enum
    {
        value = default;
        return name is not null && Names<T>.ByName.TryGetValue(name, out value);
    }

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(value => value, ToWire);
        public static readonly Dictionary<string, T> ByName = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

        private static string ToWire(T value)
        {
            var text = new StringBuilder();
            foreach (var letter in value.ToString())
            {
                if (char.IsUpper(letter) && text.Length > 0)
                    text.Append('_');
                text.Append(char.ToUpperInvariant(letter));
            }

            return text.ToString();
        }
    }
}
