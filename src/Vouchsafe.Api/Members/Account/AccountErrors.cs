using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Members.Account;

/// <summary>Refusals of what members do with their own account.</summary>
internal static class AccountErrors
{
    internal static readonly ApiError ProofRequired = new(403, "proof_required", "Confirm that it is you",
        "This changes how you sign in, and you signed in more than ten minutes ago. Give your password or a passkey again.");

    internal static readonly ApiError SecondFactorOn = new(400, "second_factor_on", "The second factor is on", "Switch it off first to set up another authenticator.");

    internal static readonly ApiError SecondFactorOff = new(400, "second_factor_off", "The second factor is off", "Recovery codes stand in for an authenticator; there is none.");

    internal static readonly ApiError WrongCode = new(400, "wrong_code", "That code did not work",
        "code: it is not the present code of the authenticator that was added last. Wait for the next one; if that fails too, check the clock of the device.");

    internal static ApiError WrongPassword(string field) => new(403, "wrong_password", "Wrong password",
        $"{field}: the password is wrong, or there were too many wrong tries. After five, an account takes none for 15 minutes.");
}
