using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>Refusals of vouchers.</summary>
internal static class VoucherErrors
{
    private const string InvalidMessage = "Invalid voucher";

    internal static ApiError NotFound(string code) => CommonErrors.NotFound("voucher", code);

    internal static ApiError SessionNotFound(string key) => CommonErrors.NotFound("session", key);

    internal static ApiError Duplicate(string code) => new(
        409, "duplicate_found", "Duplicated resource found", $"Duplicated voucher exists with id {code}", code, "voucher");

    internal static ApiError Invalid(string details) => new(400, "invalid_voucher", InvalidMessage, details);

    internal static ApiError? Invalid(IReadOnlyList<Engine.Validation.FieldError> faults) => Check.Definition(faults, "invalid_voucher", InvalidMessage);

    internal static ApiError? InvalidCodeConfig(IReadOnlyList<Engine.Validation.FieldError> faults) =>
        Check.Definition(faults, "invalid_code_config", "Invalid code config");

    internal static ApiError CodesExist(int count) => new(400, "duplicate_key", "Duplicate codes", $"{count} voucher codes(s) already exist.");

    internal static ApiError CodeTwice(string code) => new(400, "duplicate_key", "Duplicate codes", $"The code {code} stands twice in the list.");

    internal static readonly ApiError CodesUsedUp = new(
        400, "invalid_code_config", "Invalid code config", "code_config can make too few different codes: all that were tried exist already.");

    internal static ApiError TypeIsFixed(string member) => Invalid($"{member} cannot be changed once the voucher exists.");

    internal static ApiError InvalidBalance(string details) => new(400, "invalid_add_balance_params", "Invalid add balance params", details);
}
