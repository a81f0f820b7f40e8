using System.Diagnostics.CodeAnalysis;

namespace Vouchsafe.Api.Wire;

/// <summary>A value, or the error that the caller is told instead.</summary>
internal readonly struct Result<T>
{
    private readonly T? _value;
    private readonly ApiError? _error;

    private Result(T? value, ApiError? error) => (_value, _error) = (value, error);

    /// <summary>True if there is an error; then <paramref name="error"/> is to be returned and <paramref name="value"/> is not there.</summary>
    internal bool Failed([NotNullWhen(true)] out ApiError? error, [MaybeNullWhen(true), NotNullWhen(false)] out T value)
    {
        (error, value) = (_error, _value!);
        return _error is not null;
    }

    internal static Result<T> From(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(ApiError error) => new(default, error);
}

/// <summary>Makes results of interface types, for which there is no implicit conversion.</summary>
internal static class Result
{
    internal static Result<T> Of<T>(T value) => Result<T>.From(value);
}
