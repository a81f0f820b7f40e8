using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.OAuth;

/// <summary>The form that the token endpoints take, read strictly: a parameter given twice is refused (RFC 6749, section 3.2).</summary>
internal readonly struct OAuthForm
{
    private const string FormType = "application/x-www-form-urlencoded";

    private readonly IFormCollection _form;

    private OAuthForm(IFormCollection form) => _form = form;

    internal string? this[string name] => _form.TryGetValue(name, out var values) && values[0] is { Length: > 0 } text ? text : null;

    internal static async ValueTask<Result<OAuthForm>> ReadAsync(ApiCall call)
    {
        var request = call.Http.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase))
            return request.ContentLength is 0 or null && request.ContentType is null ? new OAuthForm(FormCollection.Empty) : OAuthErrors.NotAForm(request.ContentType);
        try
        {
            var form = await request.ReadFormAsync(call.Aborted);
            foreach (var (name, values) in form)
            {
                if (values.Count > 1) return OAuthErrors.Unreadable($"{name} stands twice in the form.");
                if (values.ToString().Contains('\0')) return OAuthErrors.Unreadable($"{name} must not contain the NUL character.");
            }
            return new OAuthForm(form);
        }
        catch (InvalidDataException)
        {
            return OAuthErrors.Unreadable("The form has too many or too long parameters.");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return CommonErrors.TooLarge(Pipeline.ChannelTable.Row(Pipeline.Channel.OAuth).MaxBodyBytes);
        }
    }
}
