namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>Values that programs trip over, as raw JSON texts, query values and path segments.</summary>
internal static class Nasty
{
    private static string Text(int length) => '"' + new string('x', length) + '"';

    private static string Deep(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));

    internal static readonly string[] Json =
    [
        "null", "true", "false", "[]", "{}", "[[]]", "[null]", "[{}]", "[1,\"a\",null]", "{\"a\":null}", "{\"\":1}",
        "0", "-0", "-0.0", "1", "-1", "1.0", "1e2", "1.5", "-1.5", "0.1", "1e-400", "1e400", "-1e400", "1e999999", "-1e-999999", "1e99999999999", "1E+2", "99999999999999999999",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "2147483648", "4294967296",
        "1.7976931348623157e308", "0.00000000000000000000000000001", "922337203685477580.75", "100.0000000000001", "1e28", "79228162514264337593543950336",
        "\"\"", "\" \"", "\"a\"", "\"1\"", "\"null\"", "\"true\"", "\"-1\"", "\"1e5\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud83d\\ude00\"",
        "\"\\ud800\\u0041\"", "\"\\u0001\\u001f\"", "\"\\ufffe\\uffff\"", "\"\\u202e\\u200b\"", "\"\\r\\n\"", "\"<script>alert(1)</script>\"", "\"' OR 1=1; --\"",
        "\"%00\"", "\"../../etc/passwd\"", "\"$is\"", "\"{{x}}\"", "\"%s%n\"", "\"İıſK\"", "\"e\\u0301\"",
        "\"2020-02-30\"", "\"2020-02-30T00:00:00Z\"", "\"0000-00-00\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"2016-12-31T23:59:60Z\"", "\"2020-01-01\"", "\"2020-01-01T25:00:00Z\"", "\"2020-01-01T00:00:00+99:00\"", "\"20200101\"", "\"+10000-01-01\"", "\"now\"", "\"P1D\"",
        "\"P99999999999Y\"", "\"PT0S\"", "\"P-1D\"", "\"P1Y2M3DT4H5M6S\"", "\"PT999999999999999999H\"", "\"ALL\"", "\"UNKNOWN_VALUE\"", "\"percent\"", "\"PERCENT\"", "\"AMOUNT\"", "\"UNIT\"",
        "\"FIXED\"", "\"ADD_MANY_ITEMS\"", "\"GIFT_VOUCHER\"", "\"LOYALTY_CARD\"", "\"LOYALTY_PROGRAM\"", "\"PROMOTION\"", "\"1 or\"", "\"((((1))))\"", "\"1 and 2 or 3\"",
        "\"MIN(1;2\"", "\"1/0\"", "\"ORDER_AMOUNT*1e300*1e300\"", "\"((((((((((1))))))))))\"", "\"(\"", "\"####\"", "\"(a+)+$\"",
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"A\":2}", "{\"__proto__\":{\"x\":1}}", "{\"$ref\":\"#\"}", "{\"object\":\"voucher\",\"id\":\"x\"}", "{\"type\":\"AMOUNT\"}", "{\"conditions\":{}}",
        "{\"1\":{\"name\":\"order.amount\",\"conditions\":{\"$is\":[{}]}}}", "{\"a\\u0000\":1}", "{\"\\ud800\":1}", "[1,1]", "[\"a\",\"a\"]", "[-1]", "[7]", "[1e400]", "[1e200000]", "{\"a\":1e200000}",
        Text(300), Text(3_000), Text(70_000), Deep("[", "]", 31), Deep("[", "]", 100), string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40),
        Deep("[", "]", 5_000), "[" + string.Join(',', Enumerable.Repeat("1", 2_000)) + "]", "[" + string.Join(',', Enumerable.Repeat("{}", 600)) + "]",
    ];

    /// <summary>What PostgreSQL cannot hold in its text, JSON, number and time columns, or only just.</summary>
    internal static readonly string[] Postgres =
    [
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "{\"a\\u0000\":1}", "{\"\\ud800\":1}", "[\"\\u0000\"]", "{\"a\":{\"b\":\"\\ud800\"}}", "{\"a\":1e200000}", "{\"a\":-1e-200000}", "[1e131073]",
        "1e400", "1e200000", "9223372036854775807", "-9223372036854775808", "\"9999-12-31T23:59:59.999Z\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01\"", "\"\\ufffe\"", "\"\\\\u0000\"", "{\"a\":\"\\\\u0000\"}", Text(3_000),
    ];

    /// <summary>What is no JSON value at all.</summary>
    internal static readonly string[] Broken = ["", "NaN", "Infinity", "undefined", "'a'", "01", "+1", "1.", ".5", "0x10", "tru", "\"abc", "[1,", "[1,]", "{\"a\"}", "{a:1}", "/* c */ 1", "\"\t\"", "\"\\x\"", "\"\\u12\""];

    internal static readonly (string Name, string Value)[] Query =
    [
        ("page", "-1"), ("page", "0"), ("page", "1000001"), ("page", "1.5"), ("page", "99999999999999999999"), ("page", "x"), ("page", ""), ("limit", "0"), ("limit", "-1"), ("limit", "101"),
        ("limit", "1e9"), ("limit", "1000000000"), ("limit", "%2B1"), ("limit", "%D9%A1"), ("limit", "1&limit=2"), ("order", "nonsense"), ("order", "-"), ("order", ""), ("order", "--created_at"),
        ("order", "created_at;drop%20table%20vouchers"), ("created_at[after]", "x"), ("created_at[before]", "9999-12-31T23:59:59-14:00"), ("created_at[after]", "0001-01-01T00:00:00%2B14:00"),
        ("created_at[odd]", "2020-01-01"), ("created_at", "2020-01-01"), ("[created_at][after]", "2016-12-31T23:59:60Z"), ("created_at[after][x]", "1"), ("updated_at[before]", "%00"),
        ("start_date", "2020-02-30"), ("end_date", "tomorrow"), ("filters[code][conditions][$is]", "x"), ("filters[code][conditions][$odd]", "x"), ("filters[nothing][conditions][$is]", "x"),
        ("filters[metadata.x][conditions][$is]", "1"), ("filters[metadata.][conditions][$is]", "1"), ("filters[metadata.'%3B--][conditions][$is]", "1"), ("filters[metadata.a.b][conditions][$is]", "1"),
        ("filters[type][conditions][$is]", "ODD"), ("filters[created_at][conditions][$before]", "x"), ("filters[created_at][conditions][$is]", "2020-01-01"), ("filters[discount.percent_off][conditions][$more_than]", "1e400"),
        ("filters[redemptions][conditions][$more_than]", "99999999999999999999"), ("filters[active][conditions][$is]", "maybe"), ("filters[", "x"), ("filters]", "x"), ("filters[]", "x"), ("filters", "x"),
        ("filters[junction]", "or"), ("filters[junction]", "AND"), ("filters[a][b][c][d][e][f][g]", "x"), ("filters[code][conditions][$contains]", "%25_%5C"), ("filters[code][conditions][$in][0]", "a"),
        ("filters[code][conditions][$is]", "%ED%A0%80"), ("filters[code][conditions][$has_value]", ""), ("filters[metadata.x][conditions][$has_value]", ""), ("filters[metadata.x][conditions][$more_than]", "a"),
        ("starting_after_id", "%00"), ("starting_after_id", "x"), ("starting_after", "x"), ("code", ""), ("code", "%00"), ("code", "%ED%A0%80"), ("code", "x"), ("campaign", "%00"), ("campaign", "x"), ("customer", "x"),
        ("email", "%25"), ("city", "'"), ("name", "%F0%9F%98%80"), ("force", "maybe"), ("force", "true"), ("vouchers_count", "0"), ("vouchers_count", "-1"), ("vouchers_count", "1e9"), ("vouchers_count", "99999999999999999999"),
        ("vouchers_count", "2"), ("tracking_id", "%00"), ("tracking_id", "track_%%%"), ("tracking_id", "track_AAAA"), ("reason", "%00"), ("result", "ODD"), ("related_object_id", "%00"), ("amount", "-1"), ("amount", "1e400"),
        ("amount", "1.5"), ("item[0][quantity]", "-1"), ("item[0][quantity]", "1e2"), ("item[x][product_id]", "a"), ("item[99999999999][product_id]", "a"), ("item[0]", "x"), ("item", "x"), ("order[amount]", "x"),
        ("order[items][0][price]", "1.5"), ("customer[metadata][a][b][c][d]", "x"), ("customer[source_id]", "%00"), ("metadata[a]", "%00"), ("metadata", "x"), ("session_type", "ODD"), ("session_ttl", "x"), ("session_key", "%00"),
        ("a[b", "1"), ("a]b[", "1"), ("[", "1"), ("%00", "1"), ("a%00b", "1"), ("campaign_type", "ODD"), ("campaign_status", "ODD"), ("is_referral_code", "x"), ("status", "ODD"), ("expand", "x"), ("voucher_type", "x"),
        ("audienceRulesOnly", "x"), ("is_available", "x"), ("scope", "%00"), ("voucher", "%00"), ("source_id", "%00"), ("excluded_metadata", "x"), ("idempotency", "x"), ("explain", "maybe"), ("explain", "true"),
    ];

    internal static readonly string[] Path =
    [
        "%00", "a%00b", "%2f", "%2F..%2F..", "..", "%2e%2e", "%ED%A0%80", "%FF", "%zz", "%", "%25", "%F0%9F%98%80", "%C4%B0", "'", "%22", "%3Cscript%3E", "-1", "0", "1e9", "null", "undefined", "*", ";", "a;b=c", "%20", "+",
        "v_00000000000000000000000000", "camp_x", "v_", "a%0d%0ab", "%E2%80%AE", new('x', 300), new('x', 3_000), "%5B%5D", "{id}", "$is", "CODE%3Fa%3Db", "a%23b",
    ];

    internal static readonly string?[] ContentTypes =
    [
        null, "", "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json; charset=nonsense",
        "application/json; charset=iso-8859-1", "application/vnd.api+json", "APPLICATION/JSON", "application/jsonx", "json", "application/json;;;", "text/json", "*/*",
    ];
}
