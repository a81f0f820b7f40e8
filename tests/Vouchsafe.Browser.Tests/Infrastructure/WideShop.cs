namespace Vouchsafe.Browser.Tests.Infrastructure;

/// <summary>One server and web site for all tests of a class that are not about the limit per address.</summary>
public sealed class WideShop(Chromium chromium) : IAsyncLifetime
{
    private Shop? _shop;

    internal Shop Shop => _shop ?? throw new InvalidOperationException("The shop was not opened.");

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(chromium, Shop.WideLimit);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? ValueTask.CompletedTask;
}
