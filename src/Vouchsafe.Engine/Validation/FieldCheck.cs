using Vouchsafe.Engine.Money;

namespace Vouchsafe.Engine.Validation;

/// <summary>Collects field errors. Each check returns quietly when the value is fine.</summary>
internal sealed class FieldCheck(string prefix)
{
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> Errors => _errors;

    public void Fail(string field, string problem) =>
        _errors.Add(new FieldError(prefix.Length == 0 ? field : $"{prefix}.{field}", problem));

    public void Include(IEnumerable<FieldError> errors) => _errors.AddRange(errors);

    public void Require(string field, object? value)
    {
        if (value is null)
            Fail(field, "is required");
    }

    /// <summary>A whole number of minor units from <paramref name="least"/> up; null passes.</summary>
    public void Whole(string field, decimal? value, long least)
    {
        if (value is not { } number)
            return;
        if (number != decimal.Truncate(number))
            Fail(field, "must be an integer");
        else if (number < least)
            Fail(field, $"must be at least {least}");
        else if (number > Minor.Max)
            Fail(field, $"must be at most {Minor.Max}");
    }
}
