using System.Text.Json;
using System.Text.Json.Serialization;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Background;

/// <summary>What came of an action, in wire form.</summary>
internal sealed record ActionResult(string Message, long DoneCount, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? FailedCount)
{
    internal static string Of(AsyncAction action, Portion portion)
    {
        var verb = action.Type switch
        {
            CampaignActions.GenerateType => "Generated",
            CampaignActions.UpdateType => "Updated",
            CampaignActions.DeleteType => "Deleted",
            _ => "Processed",
        };
        var message = $"{verb} {portion.Processed} vouchers." + (portion.Failure is null ? "" : " " + portion.Failure);
        return JsonSerializer.Serialize(
            new ActionResult(message, portion.Processed, portion.Failure is null ? null : action.Total - portion.Processed), WireJson.Options);
    }
}
