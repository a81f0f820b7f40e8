namespace Vouchsafe.Engine.Formulas;

/// <summary>Functions of dates. Days are days of the project's calendar.</summary>
internal static class FormulaDates
{
    public static readonly IReadOnlyDictionary<string, Func<FormulaInputs, FormulaValue[], FormulaValue>> Calls =
        new Dictionary<string, Func<FormulaInputs, FormulaValue[], FormulaValue>>(StringComparer.Ordinal)
        {
            ["DATE"] = (inputs, args) => FormulaValue.Of(args[0].AsDate(inputs.Clock)),
            ["DATE_TIME"] = (inputs, args) => FormulaValue.Of(args[0].AsDate(inputs.Clock)),
            ["DAY_OF_MONTH"] = Of((date, _) => date.Day),
            ["MONTH"] = Of((date, _) => date.Month),
            ["YEAR"] = Of((date, _) => date.Year),
            ["DAYS_SINCE"] = Of((date, today) => (today - date).Days),
            ["DAYS_UNTIL"] = Of((date, today) => (date - today).Days),
            ["MONTHS_SINCE"] = Of(Months),
            ["MONTHS_UNTIL"] = Of((date, today) => Months(today, date)),
            ["YEARS_SINCE"] = Of((date, today) => Math.Floor(Months(date, today) / 12m)),
        };

    private static Func<FormulaInputs, FormulaValue[], FormulaValue> Of(Func<DateTime, DateTime, decimal> compute) => (inputs, args) =>
        args[0].AsDate(inputs.Clock) is { } date
            ? FormulaValue.Of(compute(inputs.Clock.ToLocal(date).Date, inputs.Clock.ToLocal(inputs.Now).Date))
            : FormulaValue.Missing;

    // Whole months from one date to a later one; a month is over when its day has come again.
    private static decimal Months(DateTime from, DateTime to) =>
        ((to.Year - from.Year) * 12) + to.Month - from.Month - (to.Day < from.Day ? 1 : 0);
}
