namespace Vouchsafe.Engine.Validation;

/// <summary>One thing wrong with what somebody wants to store.</summary>
/// <param name="Field">The path of the field as the wire writes it, for example <c>discount.amount_off</c>.</param>
/// <param name="Problem">What must hold, to be read after the field's name: <c>must be more than 0</c>.</param>
public sealed record FieldError(string Field, string Problem);
