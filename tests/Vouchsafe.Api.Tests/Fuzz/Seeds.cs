namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>A right request for every operation; a test holds the list against the server's own description.</summary>
internal static class Seeds
{
    private const string Order = """
        {"source_id":"fz-%n%","amount":30000,"status":"CREATED","metadata":{"m":1},"customer":{"source_id":"fz-anna"},
         "items":[{"source_id":"fz-cup","related_object":"product","product_id":"fz-cup","quantity":2,"price":10000,"discount_quantity":0,"product":{"name":"Cup","price":1,"metadata":{"a":1}}},
                  {"sku_id":"fz-cup-red","quantity":1,"amount":10000,"sku":{"sku":"red","price":1}}]}
        """;

    private const string Customer = """
        {"source_id":"fz-%n%","name":"Anna","email":"a@shop.example","phone":"+1","description":"d","birthdate":"1990-02-03",
         "address":{"city":"c","state":"s","line_1":"1","line_2":"2","country":"PL","postal_code":"1"},"metadata":{"vip":true,"n":1,"d":"2020-01-01","l":[1]}}
        """;

    private const string Voucher = """
        {"type":"DISCOUNT_VOUCHER","discount":{"type":"PERCENT","percent_off":10,"amount_limit":5000,"aggregated_amount_limit":9,"effect":"APPLY_TO_ITEMS","percent_off_formula":"MIN(1;2)"},
         "active":true,"start_date":"2024-01-01","expiration_date":"2090-12-31T23:59:59Z","redemption":{"quantity":5},"category_id":"%category%","metadata":{"a":1},"additional_info":"x",
         "validity_timeframe":{"interval":"P2D","duration":"P1D"},"validity_day_of_week":[0,1],"validation_rules":["%rule%"],
         "validity_hours":{"daily":[{"start_time":"00:00","expiration_time":"23:59","days_of_week":[0,1]}]},"code_config":{"length":12,"charset":"ABC123","prefix":"P-","postfix":"-S","pattern":"FZ-########"}}
        """;

    private const string Use = """
        {"redeemables":[{"object":"voucher","id":"FZ-USE"},{"object":"voucher","id":"FZ-CARD2","gift":{"credits":1}},{"object":"promotion_tier","id":"%tier%"}],
         "order":@,"customer":{"source_id":"fz-anna","metadata":{"a":1}},"metadata":{"a":1},"tracking_id":"t","options":{"expand":["redeemable","category"]},
         "session":{"type":"LOCK","key":"k%n%","ttl":1,"ttl_unit":"HOURS"}}
        """;

    private const string Transactions = """{"order":"created_at","parameters":{"fields":["id","type","amount","details"],"filters":{"junction":"and","created_at":{"conditions":{"$after":["2020-01-01"]}}}}}""";

    private const string One = """{"order":@,"customer":{"source_id":"fz-anna"},"metadata":{"a":1},"tracking_id":"t","gift":{"credits":1},"session":{"type":"LOCK","key":"k%n%","ttl":1,"ttl_unit":"HOURS"}}""";

    private const string Rules = """
        {"name":"Rule","type":"advanced","context_type":"global","error":{"message":"no"},
         "rules":{"1":{"name":"order.amount","property":"p","conditions":{"$more_than":[1]},"error":{"message":"m"},"rules":{"1":{"name":"customer.metadata","property":"vip","conditions":{"$is":[true]}},"logic":"1"}},
                  "2":{"name":"product.id","conditions":{"$in":["%product%"]},"rules":{"1":{"name":"product.price","conditions":{"$less_than":[100]}}}},
                  "3":{"name":"redemption.count.per_customer","conditions":{"$less_than":[5]}},"logic":"(1 and 2) or 3"},
         "applicable_to":{"excluded":[{"object":"sku","id":"%sku%"}],"included_all":false,
           "included":[{"object":"product","id":"%product%","effect":"APPLY_TO_EVERY","target":"ITEM","quantity_limit":1,"amount_limit":1,"price":1,"price_formula":"1+1","skip_initially":0,"repeat":1}]},
         "bundle_rules":{}}
        """;

    private const string Campaign = """
        {"name":"C%n%","campaign_type":"DISCOUNT_COUPONS","type":"AUTO_UPDATE","join_once":true,"auto_join":false,"use_voucher_metadata_schema":false,"description":"d","category_id":"%category%","vouchers_count":1,
         "voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":10,"effect":"APPLY_TO_ORDER"},"redemption":{"quantity":2},"code_config":{"pattern":"CF-########"},"metadata":{}},
         "start_date":"2024-01-01T00:00:00Z","expiration_date":"2090-01-01","validity_timeframe":{"interval":"P2D","duration":"P1D"},"validity_day_of_week":[1],"validation_rules":["%rule%"],"metadata":{"a":1},
         "promotion":{"tiers":[]},"activity_duration_after_publishing":"P24D","access_settings_assignments":{"assign":{"area_stores_ids":[]}}}
        """;

    private const string Tier = """
        {"name":"Tier","banner":"b","action":{"discount":{"type":"AMOUNT","amount_off":10,"effect":"APPLY_TO_ORDER"}},"hierarchy":1,"active":false,"metadata":{"a":1},"start_date":"2024-01-01","expiration_date":"2090-01-01",
         "validity_timeframe":{"interval":"P2D","duration":"P1D"},"validity_day_of_week":[1],"validation_rules":["%rule%"],"category_id":"%category%"}
        """;

    private const string Stacking = """
        {"redeemables_limit":30,"applicable_redeemables_limit":5,"applicable_redeemables_per_category_limit":1,"applicable_exclusive_redeemables_limit":1,"applicable_exclusive_redeemables_per_category_limit":1,
         "exclusive_categories":[],"joint_categories":[],"redeemables_application_mode":"ALL","redeemables_sorting_rule":"REQUESTED_ORDER","redeemables_products_application_mode":"STACK",
         "redeemables_no_effect_rule":"REDEEM_ANYWAY","no_effect_skip_categories":[],"no_effect_redeem_anyway_categories":[],"redeemables_rollback_order_mode":"WITH_ORDER","discount_calculation_mode":"INITIAL_AMOUNT",
         "initial_amount_mode_categories":[],"discounted_amount_mode_categories":[]}
        """;

    private const string Project = """
        {"name":"P","description":"d","timezone":"Europe/Warsaw","currency":"PLN","dial_code":"48","case_sensitive_codes":true,"api_version":"v2018-08-01","webhook_version":"v2024-01-01","cluster_id":"eu1",
         "client_trusted_domains":["shop.example"],"client_redeem_enabled":true,"client_publish_enabled":true,"client_list_vouchers_enabled":true,"client_create_customer_enabled":true,
         "client_loyalty_events_enabled":true,"client_set_voucher_expiration_date_enabled":true,"default_code_config":{"charset":"ABC"},
         "client_trusted_domains_report_only":false,"server_requests_per_minute":1000}
        """;

    private static string With(string template) => template.Replace("@", Order, StringComparison.Ordinal);

    internal static IEnumerable<Seed> All() => [.. Codes(), .. Uses(), .. Catalogue(), .. Bulk(), .. Histories(), .. Exports(), .. RulesAndCampaigns(), .. Loyalty(), .. Client(), .. Management()];

    private static IEnumerable<Seed> Codes() =>
    [
        new("POST /v1/vouchers", "/v1/vouchers", Voucher), new("GET /v1/vouchers", "/v1/vouchers"), new("POST /v1/vouchers/{code}", "/v1/vouchers/FZ-%n%", Voucher),
        new("GET /v1/vouchers/{code}", "/v1/vouchers/FZ-EDIT"), new("PUT /v1/vouchers/{code}", "/v1/vouchers/FZ-EDIT", Voucher), new("DELETE /v1/vouchers/{code}", "/v1/vouchers/FZ-NONE"),
        new("POST /v1/vouchers/{code}/enable", "/v1/vouchers/FZ-EDIT/enable"), new("POST /v1/vouchers/{code}/disable", "/v1/vouchers/FZ-EDIT/disable"),
        new("POST /v1/vouchers/{code}/balance", "/v1/vouchers/FZ-CARD/balance", """{"amount":100,"reason":"r","source_id":"s-%n%","expiration_type":"FOLLOW_CAMPAIGN"}"""),
        new("GET /v1/vouchers/{code}/transactions", "/v1/vouchers/FZ-CARD/transactions"), new("GET /v1/trash-bin", "/v1/trash-bin"), new("DELETE /v1/trash-bin/{binEntryId}", "/v1/trash-bin/bin_none"),
        new("POST /v1/vouchers/import", "/v1/vouchers/import", """[{"code":"IM-%n%","type":"DISCOUNT_VOUCHER","active":true,"discount":{"type":"AMOUNT","amount_off":1},"start_date":"2020-01-01","expiration_date":"2090-01-01","redemption":{"quantity":1,"redeemed_quantity":0},"metadata":{"a":1},"additional_info":"x"},{"code":"IN-%n%","type":"GIFT_VOUCHER","gift":{"amount":1}}]"""),
        new("POST /v1/campaigns/{campaignId}/import", "/v1/campaigns/%campaign%/import", """[{"code":"IC-%n%","redemption":{"quantity":1},"metadata":{"a":1},"additional_info":"x","active":true}]"""),
        new("POST /v1/publications", "/v1/publications", """{"campaign":{"name":"FZ coupons","count":1},"customer":{"source_id":"fz-p-%n%","name":"x"},"channel":"api","metadata":{"a":1},"source_id":"p-%n%","join_once":false}"""),
        new("GET /v1/publications", "/v1/publications"), new("GET /v1/publications/{publicationId}", "/v1/publications/%publication%"),
        new("GET /v1/async-actions", "/v1/async-actions"), new("GET /v1/async-actions/{asyncActionId}", "/v1/async-actions/aa_none"),
    ];

    private static IEnumerable<Seed> Exports() =>
    [
        new("POST /v1/exports", "/v1/exports", """{"exported_object":"customer","parameters":{"order":"-created_at","fields":["id","name","metadata.vip"],"filters":{"junction":"and","created_at":{"conditions":{"$after":["2020-01-01"]}},"metadata.vip":{"conditions":{"$is":[true]}}}}}"""),
        new("GET /v1/exports", "/v1/exports"), new("GET /v1/exports/{exportId}", "/v1/exports/%export%"), new("DELETE /v1/exports/{exportId}", "/v1/exports/exp_none"),
        new("POST /v1/vouchers/{code}/transactions/export", "/v1/vouchers/FZ-CARD/transactions/export", Transactions), new("POST /v1/campaigns/{campaignId}/transactions/export", "/v1/campaigns/%program%/transactions/export", Transactions),
        new("POST /v1/loyalties/{campaignId}/transactions/export", "/v1/loyalties/%program%/transactions/export", Transactions), new("POST /v1/loyalties/members/{memberId}/transactions/export", "/v1/loyalties/members/%card%/transactions/export", Transactions),
        new("POST /v1/loyalties/{campaignId}/members/{memberId}/transactions/export", "/v1/loyalties/%program%/members/%card%/transactions/export", Transactions),
        new("POST /v1/orders/export", "/v1/orders/export", """{"parameters":{"order":"status","fields":["id","amount"],"filters":{"amount":{"conditions":{"$more_than":[1]}}}}}"""),
        new("POST /v1/customers/{customerId}/permanent-deletion", "/v1/customers/%forgotten%/permanent-deletion"),
        new("GET /v1/publications/create", "/v1/publications/create?campaign[name]=FZ%20coupons&customer[source_id]=fz-g-%n%&metadata[a]=1&join_once=false"),
    ];

    private static IEnumerable<Seed> Uses() =>
    [
        new("POST /v1/validations", "/v1/validations", With(Use)), new("POST /v1/vouchers/{code}/validate", "/v1/vouchers/FZ-CARD2/validate", With(One)), new("POST /v1/redemptions", "/v1/redemptions", With(Use)),
        new("DELETE /v1/vouchers/{code}/sessions/{sessionKey}", "/v1/vouchers/FZ-USE/sessions/none"), new("GET /v1/redemptions", "/v1/redemptions"), new("GET /v1/redemptions/{id}", "/v1/redemptions/%redemption%"), new("POST /v1/vouchers/{code}/redemption", "/v1/vouchers/FZ-CARD2/redemption", With(One)),
        new("GET /v1/vouchers/{code}/redemption", "/v1/vouchers/FZ-USE/redemption"), new("POST /v1/promotions/tiers/{promotionTierId}/redemption", "/v1/promotions/tiers/%tier%/redemption", With(One)),
        new("POST /v1/redemptions/{id}/rollback", "/v1/redemptions/%redemption%/rollback", """{"reason":"r","metadata":{"a":1},"customer":{"source_id":"x"},"order":{"status":"CANCELED"}}"""),
        new("POST /v1/redemptions/{id}/rollbacks", "/v1/redemptions/%parent%/rollbacks", """{"reason":"r","metadata":{"a":1},"customer":{"source_id":"x"},"order":{"status":"CANCELED"}}"""),
        new("POST /v1/qualifications", "/v1/qualifications", With("""{"scenario":"ALL","customer":{"source_id":"fz-anna"},"order":@,"mode":"BASIC","metadata":{"a":1},"tracking_id":"t","options":{"limit":5,"starting_after":"2020-01-01","sorting_rule":"BEST_DEAL","expand":["redeemable"],"filters":{"junction":"and","resource_type":{"conditions":{"$is":["voucher"]}}}}}""")),
        new("POST /v1/promotions/validation", "/v1/promotions/validation", With("""{"customer":{"source_id":"fz-anna"},"order":@,"metadata":{"a":1},"tracking_id":"t"}""")),
        new("POST /v1/promotions/tiers/{promotionTierId}/validation", "/v1/promotions/tiers/%tier%/validation", With(One)),
    ];

    private static IEnumerable<Seed> Catalogue() =>
    [
        new("POST /v1/customers", "/v1/customers", Customer), new("GET /v1/customers", "/v1/customers"), new("GET /v1/customers/{customerId}", "/v1/customers/%customer%"),
        new("PUT /v1/customers/{customerId}", "/v1/customers/fz-anna", Customer.Replace("\"source_id\":\"fz-%n%\",", "", StringComparison.Ordinal)), new("DELETE /v1/customers/{customerId}", "/v1/customers/none"),
        new("GET /v1/customers/{customerId}/segments", "/v1/customers/%customer%/segments"),
        new("POST /v1/customers/bulk/async", "/v1/customers/bulk/async", "[" + Customer + "]"),
        new("POST /v1/events", "/v1/events", """{"event":"e","customer":{"source_id":"fz-anna","metadata":{"a":1}},"metadata":{"a":1},"referral":{"code":"x","referrer_id":"y"},"loyalty":{"code":"x"}}"""),
        new("POST /v1/orders", "/v1/orders", Order), new("GET /v1/orders", "/v1/orders"), new("GET /v1/orders/{orderId}", "/v1/orders/fz-order"), new("PUT /v1/orders/{orderId}", "/v1/orders/fz-order", Order.Replace("\"source_id\":\"fz-%n%\",", "", StringComparison.Ordinal)),
        new("POST /v1/products", "/v1/products", """{"source_id":"fz-%n%","name":"Cup","price":500,"attributes":["a"],"image_url":"https://shop.example/a.png","metadata":{"a":1}}"""),
        new("GET /v1/products", "/v1/products"), new("GET /v1/products/{productId}", "/v1/products/fz-cup"),
        new("PUT /v1/products/{productId}", "/v1/products/fz-cup", """{"name":"Cup","price":500,"attributes":["a"],"image_url":"https://shop.example/a.png","metadata":{"a":1}}"""), new("DELETE /v1/products/{productId}", "/v1/products/none"),
        new("POST /v1/products/{productId}/skus", "/v1/products/fz-cup/skus", """{"source_id":"fz-%n%","sku":"red","price":500,"currency":"USD","attributes":{"a":"b"},"image_url":"https://shop.example/a.png","metadata":{"a":1}}"""),
        new("GET /v1/products/{productId}/skus", "/v1/products/fz-cup/skus"), new("GET /v1/skus/{skuId}", "/v1/skus/%sku%"),
        new("PUT /v1/products/{productId}/skus/{skuId}", "/v1/products/fz-cup/skus/%sku%", """{"sku":"red","price":500,"currency":"USD","attributes":{"a":"b"},"metadata":{"a":1}}"""), new("DELETE /v1/products/{productId}/skus/{skuId}", "/v1/products/fz-cup/skus/none"),
        new("POST /v1/product-collections", "/v1/product-collections", """{"type":"STATIC","name":"n%n%","products":[{"id":"%product%","object":"product"}],"filter":{"junction":"and","price":{"conditions":{"$more_than":[1]}}}}"""),
        new("POST /v1/product-collections", "/v1/product-collections", """{"type":"AUTO_UPDATE","name":"n%n%","filter":{"junction":"and","price":{"conditions":{"$more_than":[1]}},"metadata.a":{"conditions":{"$in":[1,"b"]}}}}"""),
        new("GET /v1/product-collections", "/v1/product-collections"), new("GET /v1/product-collections/{productCollectionId}", "/v1/product-collections/%collection%"), new("GET /v1/product-collections/{productCollectionId}/products", "/v1/product-collections/%collection%/products"),
        new("PUT /v1/product-collections/{productCollectionId}", "/v1/product-collections/%collection%", """{"type":"STATIC","name":"n","products":[{"id":"%product%","object":"product"}]}"""), new("DELETE /v1/product-collections/{productCollectionId}", "/v1/product-collections/none"),
        new("POST /v1/categories", "/v1/categories", """{"name":"n%n%","hierarchy":5,"stacking_rules_type":"JOINT"}"""), new("GET /v1/categories", "/v1/categories"), new("GET /v1/categories/{categoryId}", "/v1/categories/%category%"),
        new("PUT /v1/categories/{categoryId}", "/v1/categories/%category%", """{"name":"n","hierarchy":5,"stacking_rules_type":"JOINT"}"""), new("DELETE /v1/categories/{categoryId}", "/v1/categories/none"),
        new("POST /v1/segments", "/v1/segments", """{"name":"n%n%","type":"auto-update","filter":{"junction":"and","metadata.vip":{"conditions":{"$is":[true]}},"created_at":{"conditions":{"$after":["2020-01-01"]}}}}"""),
        new("POST /v1/segments", "/v1/segments", """{"name":"n%n%","type":"static","customers":["%customer%"]}"""), new("GET /v1/segments", "/v1/segments"), new("GET /v1/segments/{segmentId}", "/v1/segments/%segment%"), new("DELETE /v1/segments/{segmentId}", "/v1/segments/none"),
    ];

    private static IEnumerable<Seed> Bulk() =>
    [
        new("POST /v1/customers/metadata/async", "/v1/customers/metadata/async", """{"source_ids":["fz-anna","fz-%n%"],"metadata":{"a":1}}"""),
        new("POST /v1/products/bulk/async", "/v1/products/bulk/async", """[{"source_id":"fz-%n%","name":"Cup","price":500,"attributes":["a"],"image_url":"https://shop.example/a.png","metadata":{"a":1}}]"""),
        new("POST /v1/products/metadata/async", "/v1/products/metadata/async", """{"source_ids":["fz-cup","fz-%n%"],"metadata":{"a":1}}"""),
        new("POST /v1/vouchers/bulk/async", "/v1/vouchers/bulk/async", """[{"code":"FZ-EDIT","metadata":{"a":1}},{"code":"FZ-NONE","metadata":{}}]"""),
        new("POST /v1/vouchers/metadata/async", "/v1/vouchers/metadata/async", """{"codes":["FZ-EDIT","FZ-NONE"],"metadata":{"a":1}}"""),
    ];

    private static IEnumerable<Seed> Histories() =>
    [
        new("GET /v1/customers/{customerId}/activity", "/v1/customers/%customer%/activity?order=created_at&category=ACTION&type=customer.created&start_date=2020-01-01&end_date=2090-01-01&campaign_type=PROMOTION&starting_after_id=evcus_1"),
        new("GET /v1/customers/{customerId}/activities", "/v1/customers/%customer%/activities?starting_after=2020-01-01&product_id=%product%"),
        new("GET /v1/customers/{customerId}/redeemables", "/v1/customers/%customer%/redeemables?filters[id][conditions][$in][0]=rh_1&filters[created_at][conditions][$more_than]=1&filters[junction]=or"),
        new("GET /v1/campaigns/{campaignId}/summary", "/v1/campaigns/%campaign%/summary?start_date=2024-01-01&end_date=2090-01-01"),
        new("POST /v1/vouchers/qualification", "/v1/vouchers/qualification?limit=5&order=code&audienceRulesOnly=false", With("""{"customer":{"source_id":"fz-anna","metadata":{"a":1}},"order":@,"metadata":{"a":1},"reward":{"points":1}}""")),
        new("POST /v1/campaigns/qualification", "/v1/campaigns/qualification?limit=5&order=-campaign&audienceRulesOnly=false", With("""{"customer":{"source_id":"fz-anna","metadata":{"a":1}},"order":@,"metadata":{"a":1}}""")),
    ];

    private static IEnumerable<Seed> RulesAndCampaigns() =>
    [
        new("POST /v1/validation-rules", "/v1/validation-rules", Rules), new("GET /v1/validation-rules", "/v1/validation-rules"), new("GET /v1/validation-rules/{validationRuleId}", "/v1/validation-rules/%rule%"),
        new("PUT /v1/validation-rules/{validationRuleId}", "/v1/validation-rules/%rule%", Rules), new("DELETE /v1/validation-rules/{validationRuleId}", "/v1/validation-rules/none"),
        new("POST /v1/validation-rules/{validationRuleId}/assignments", "/v1/validation-rules/%rule%/assignments", """{"related_object_type":"campaign","related_object_id":"%campaign%"}"""), new("GET /v1/validation-rules/{validationRuleId}/assignments", "/v1/validation-rules/%rule%/assignments"),
        new("DELETE /v1/validation-rules/{validationRuleId}/assignments/{assignmentId}", "/v1/validation-rules/%rule%/assignments/none"), new("GET /v1/validation-rules-assignments", "/v1/validation-rules-assignments"),
        new("POST /v1/campaigns", "/v1/campaigns", Campaign), new("GET /v1/campaigns", "/v1/campaigns"), new("GET /v1/campaigns/{campaignId}", "/v1/campaigns/%campaign%"), new("PUT /v1/campaigns/{campaignId}", "/v1/campaigns/%campaign%", Campaign),
        new("DELETE /v1/campaigns/{campaignId}", "/v1/campaigns/none"), new("POST /v1/campaigns/{campaignId}/disable", "/v1/campaigns/%promotion%/disable"), new("POST /v1/campaigns/{campaignId}/enable", "/v1/campaigns/%promotion%/enable"),
        new("POST /v1/campaigns/{campaignId}/vouchers", "/v1/campaigns/%campaign%/vouchers?vouchers_count=1", """{"redemption":{"quantity":1},"metadata":{"a":1},"additional_info":"x","code_config":{"pattern":"AD-########"}}"""),
        new("POST /v1/campaigns/{campaignId}/vouchers/{code}", "/v1/campaigns/%campaign%/vouchers/FZ-A-%n%", """{"redemption":{"quantity":1},"metadata":{"a":1},"additional_info":"x"}"""), new("GET /v1/campaigns/{campaignId}/transactions", "/v1/campaigns/%campaign%/transactions"),
        new("GET /v1/promotions/tiers", "/v1/promotions/tiers"), new("GET /v1/promotions/tiers/{promotionTierId}", "/v1/promotions/tiers/%tier%"), new("PUT /v1/promotions/tiers/{promotionTierId}", "/v1/promotions/tiers/%tier2%", Tier), new("DELETE /v1/promotions/tiers/{promotionTierId}", "/v1/promotions/tiers/none"),
        new("POST /v1/promotions/tiers/{promotionTierId}/enable", "/v1/promotions/tiers/%tier2%/enable"), new("POST /v1/promotions/tiers/{promotionTierId}/disable", "/v1/promotions/tiers/%tier2%/disable"),
        new("GET /v1/promotions/{campaignId}/tiers", "/v1/promotions/%promotion%/tiers"), new("POST /v1/promotions/{campaignId}/tiers", "/v1/promotions/%promotion%/tiers", Tier), new("GET /v1/promotions/stacks", "/v1/promotions/stacks"), new("GET /v1/promotions/{campaignId}/stacks", "/v1/promotions/%promotion%/stacks"),
        new("POST /v1/promotions/{campaignId}/stacks", "/v1/promotions/%promotion%/stacks", """{"name":"s","tiers":{"ids":["%tier%","%tier2%"],"hierarchy_mode":"MANUAL"},"category_id":"%category%"}"""), new("GET /v1/promotions/{campaignId}/stacks/{stackId}", "/v1/promotions/%promotion%/stacks/%stack%"),
        new("PUT /v1/promotions/{campaignId}/stacks/{stackId}", "/v1/promotions/%promotion%/stacks/%stack%", """{"name":"s","tiers":{"ids":["%tier%","%tier2%"],"hierarchy_mode":"MANUAL"},"category_id":"%category%"}"""), new("DELETE /v1/promotions/{campaignId}/stacks/{stackId}", "/v1/promotions/%promotion%/stacks/none"),
    ];

    private const string EarningRule = """
        {"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":1000,"points":3}}},"source":{"banner":"b"},"active":true,
         "start_date":"2024-01-01","expiration_date":"2090-01-01","validity_timeframe":{"interval":"P2D","duration":"P1D"},"validity_day_of_week":[1],"validation_rule_id":null,"metadata":{"a":1}}
        """;

    private const string Spend = """{"reward":{"id":"%coin%","points":1},"order":@,"metadata":{"a":1}}""";

    private const string Friends = """{"holders":[{"source_id":"fz-%n%","name":"Uma","metadata":{"a":1}},{"source_id":"fy-%n%"}],"metadata":{"a":1}}""";

    private static IEnumerable<Seed> Loyalty() =>
    [
        new("POST /v1/campaigns", "/v1/campaigns", """{"name":"L%n%","campaign_type":"LOYALTY_PROGRAM","type":"AUTO_UPDATE","vouchers_count":1,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":5,"expiration_rules":null},"redemption":{"quantity":2}}}"""),
        new("POST /v1/campaigns", "/v1/campaigns", """{"name":"R%n%","campaign_type":"REFERRAL_PROGRAM","voucher":{"type":"DISCOUNT_VOUCHER","discount":{"type":"AMOUNT","amount_off":1},"is_referral_code":true},"referral_program":{"conversion_event_type":"redemption","custom_event":null,"referee_reward":null}}"""),
        new("GET /v1/loyalties", "/v1/loyalties"), new("GET /v1/loyalties/{campaignId}", "/v1/loyalties/%program%"), new("GET /v1/loyalties/{campaignId}/transactions", "/v1/loyalties/%program%/transactions"),
        new("POST /v1/loyalties", "/v1/loyalties", """{"name":"M%n%","type":"AUTO_UPDATE","vouchers_count":1,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":5}},"metadata":{"a":1}}"""),
        new("GET /v1/loyalties/{campaignId}/rewards", "/v1/loyalties/%program%/rewards"), new("GET /v1/loyalties/{campaignId}/reward-assignments", "/v1/loyalties/%program%/reward-assignments"),
        new("POST /v1/loyalties/{campaignId}/rewards", "/v1/loyalties/%program%/rewards", """[{"reward":"%listed%","parameters":{"loyalty":{"points":5}}}]"""),
        new("GET /v1/loyalties/{campaignId}/rewards/{assignmentId}", "/v1/loyalties/%program%/rewards/%priced%"), new("GET /v1/loyalties/{campaignId}/reward-assignments/{assignmentId}", "/v1/loyalties/%program%/reward-assignments/%priced%"),
        new("PUT /v1/loyalties/{campaignId}/rewards/{assignmentId}", "/v1/loyalties/%program%/rewards/%priced%", """{"parameters":{"loyalty":{"points":6}}}"""), new("DELETE /v1/loyalties/{campaignId}/rewards/{assignmentId}", "/v1/loyalties/%program%/rewards/none"),
        new("GET /v1/loyalties/{campaignId}/reward-assignments/{assignmentId}/reward", "/v1/loyalties/%program%/reward-assignments/%priced%/reward"), new("GET /v1/loyalties/members/{memberId}/rewards", "/v1/loyalties/members/%card%/rewards"),
        new("GET /v1/loyalties/{campaignId}/members", "/v1/loyalties/%program%/members"), new("POST /v1/loyalties/{campaignId}/members", "/v1/loyalties/%program%/members", """{"customer":{"source_id":"fz-m-%n%","metadata":{"a":1}},"channel":"c","metadata":{"a":1}}"""),
        new("GET /v1/loyalties/{campaignId}/members/{memberId}", "/v1/loyalties/%program%/members/%card%"), new("GET /v1/loyalties/members/{memberId}", "/v1/loyalties/members/%card%"),
        new("POST /v1/loyalties/{campaignId}/members/{memberId}/balance", "/v1/loyalties/%program%/members/%card%/balance", """{"points":5,"expiration_type":"NON_EXPIRING","expiration_date":"2090-01-01","reason":"r","source_id":"s-%n%"}"""),
        new("POST /v1/loyalties/members/{memberId}/balance", "/v1/loyalties/members/%card%/balance", """{"points":-5,"expiration_type":"PROGRAM_RULES","reason":"r","source_id":"s-%n%"}"""),
        new("GET /v1/loyalties/{campaignId}/members/{memberId}/transactions", "/v1/loyalties/%program%/members/%card%/transactions"), new("GET /v1/loyalties/members/{memberId}/transactions", "/v1/loyalties/members/%card%/transactions"),
        new("POST /v1/loyalties/{campaignId}/members/{memberId}/redemption", "/v1/loyalties/%program%/members/%card%/redemption", With(Spend)), new("POST /v1/loyalties/members/{memberId}/redemption", "/v1/loyalties/members/%card%/redemption", """{"reward":{"id":"%prize%"}}"""),
        new("GET /v1/loyalties/{campaignId}/earning-rules", "/v1/loyalties/%program%/earning-rules"), new("POST /v1/loyalties/{campaignId}/earning-rules", "/v1/loyalties/%program%/earning-rules", "[" + EarningRule + "]"),
        new("GET /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}", "/v1/loyalties/%program%/earning-rules/%earning%"), new("PUT /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}", "/v1/loyalties/%program%/earning-rules/%earning%", EarningRule),
        new("DELETE /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}", "/v1/loyalties/%program%/earning-rules/none"),
        new("POST /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}/enable", "/v1/loyalties/%program%/earning-rules/%earning%/enable"), new("POST /v1/loyalties/{campaignId}/earning-rules/{earningRuleId}/disable", "/v1/loyalties/%program%/earning-rules/%earning%/disable"),
        new("GET /v1/rewards", "/v1/rewards"), new("GET /v1/rewards/{rewardId}", "/v1/rewards/%coin%"), new("POST /v1/rewards", "/v1/rewards", """{"name":"Prize","type":"CAMPAIGN","parameters":{"campaign":{"id":"%campaign%","balance":null}},"metadata":{"a":1}}"""),
        new("POST /v1/rewards", "/v1/rewards", """{"name":"Coin","type":"COIN","parameters":{"coin":{"exchange_ratio":10,"points_ratio":100}},"metadata":{"a":1}}"""),
        new("PUT /v1/rewards/{rewardId}", "/v1/rewards/%coin%", """{"name":"Coin","parameters":{"coin":{"exchange_ratio":0.01,"points_ratio":1}},"metadata":{"a":1}}"""), new("DELETE /v1/rewards/{rewardId}", "/v1/rewards/none"),
        new("GET /v1/rewards/{rewardId}/assignments", "/v1/rewards/%prize%/assignments"), new("POST /v1/rewards/{rewardId}/assignments", "/v1/rewards/%unassigned%/assignments", """{"campaign":"%program%","parameters":{"loyalty":{"points":5,"auto_redeem":false}}}"""),
        new("GET /v1/rewards/{rewardId}/assignments/{assignmentId}", "/v1/rewards/%prize%/assignments/%priced%"), new("PUT /v1/rewards/{rewardId}/assignments/{assignmentId}", "/v1/rewards/%prize%/assignments/%priced%", """{"parameters":{"loyalty":{"points":6}}}"""),
        new("DELETE /v1/rewards/{rewardId}/assignments/{assignmentId}", "/v1/rewards/%prize%/assignments/none"),
        new("POST /v1/referrals/{campaignId}/members/{memberId}/holders", "/v1/referrals/%friends%/members/%referral%/holders", Friends), new("POST /v1/referrals/members/{memberId}/holders", "/v1/referrals/members/%referral%/holders", Friends.Replace("-%n%", "-x-%n%", StringComparison.Ordinal)),
        new("GET /v1/referrals/{campaignId}/members/{memberId}/holders", "/v1/referrals/%friends%/members/%referral%/holders"), new("GET /v1/referrals/members/{memberId}/holders", "/v1/referrals/members/%referral%/holders"),
        new("DELETE /v1/referrals/{campaignId}/members/{memberId}/holders/{holderId}", "/v1/referrals/%friends%/members/%referral%/holders/none"), new("DELETE /v1/referrals/members/{memberId}/holders/{holderId}", "/v1/referrals/members/%referral%/holders/none"),
        new("POST /v1/redemptions", "/v1/redemptions", With("""{"redeemables":[{"object":"voucher","id":"%card%","reward":{"id":"%coin%","points":1}}],"order":@}""")),
    ];

    // A page may not redeem under the number of an order that is there.
    private static string OnNewOrder(string body, string name) => With(body).Replace("\"order\":{\"source_id\":\"fz-%n%\"", $"\"order\":{{\"source_id\":\"fz-{name}-%n%\"", StringComparison.Ordinal);

    private static IEnumerable<Seed> Client() =>
    [
        new("GET /client/v1/validate", "/client/v1/validate?code=FZ-USE&amount=500"), new("POST /client/v1/validations", "/client/v1/validations", With(Use)), new("POST /client/v1/redeem", "/client/v1/redeem?code=FZ-CARD2", OnNewOrder(One, "one")),
        new("POST /client/v1/redemptions", "/client/v1/redemptions", OnNewOrder(Use, "stack")), new("GET /client/v1/vouchers", "/client/v1/vouchers?customer=fz-anna"),
        new("POST /client/v1/publish", "/client/v1/publish", """{"campaign":"FZ coupons","customer":{"source_id":"fz-c-%n%","metadata":{"a":1}},"channel":"c","metadata":{"a":1},"source_id":"c-%n%"}"""), new("POST /client/v1/events", "/client/v1/events", """{"event":"e","customer":{"source_id":"fz-anna"},"metadata":{"a":1},"referral":{"code":"x"}}"""),
        new("POST /client/v1/customers", "/client/v1/customers", Customer), new("GET /client/v1/promotions/validation", "/client/v1/promotions/validation?amount=500"), new("GET /client/v1/promotions/tiers", "/client/v1/promotions/tiers"),
        new("POST /client/v1/qualifications", "/client/v1/qualifications", With("""{"scenario":"ALL","customer":{"source_id":"fz-anna"},"order":@,"options":{"limit":5}}""")),
        new("GET /client/v1/consents", "/client/v1/consents"), new("PUT /client/v1/customers/{customerId}/consents", "/client/v1/customers/fz-anna/consents", "{}"),
    ];

    private static IEnumerable<Seed> Management() =>
    [
        new("POST /management/v1/projects", "/management/v1/projects", Project), new("GET /management/v1/projects", "/management/v1/projects"), new("GET /management/v1/projects/{projectId}", "/management/v1/projects/%project%"), new("PUT /management/v1/projects/{projectId}", "/management/v1/projects/%project%", Project),
        new("DELETE /management/v1/projects/{projectId}", "/management/v1/projects/none"), new("POST /management/v1/projects/{projectId}/stacking-rules", "/management/v1/projects/%third%/stacking-rules", Stacking), new("GET /management/v1/projects/{projectId}/stacking-rules", "/management/v1/projects/%project%/stacking-rules"),
        new("GET /management/v1/projects/{projectId}/stacking-rules/{stackingRulesId}", "/management/v1/projects/%project%/stacking-rules/%stacking%"), new("PUT /management/v1/projects/{projectId}/stacking-rules/{stackingRulesId}", "/management/v1/projects/%project%/stacking-rules/%stacking%", Stacking),
        new("DELETE /management/v1/projects/{projectId}/stacking-rules/{stackingRulesId}", "/management/v1/projects/%project%/stacking-rules/none"), new("POST /management/v1/projects/{projectId}/keys", "/management/v1/projects/%project%/keys", """{"name":"k","kind":"server_side","role":null,"scopes":null,"ip_whitelist":["10.0.0.0/8"],"blocked":false}"""),
        new("GET /management/v1/projects/{projectId}/keys", "/management/v1/projects/%project%/keys"), new("GET /management/v1/projects/{projectId}/keys/{keyId}", "/management/v1/projects/%project%/keys/%key%"), new("PUT /management/v1/projects/{projectId}/keys/{keyId}", "/management/v1/projects/%project%/keys/%key%", """{"name":"k","role":null,"scopes":["vouchers"],"ip_whitelist":["10.0.0.0/8"],"blocked":false}"""),
        new("DELETE /management/v1/projects/{projectId}/keys/{keyId}", "/management/v1/projects/%project%/keys/none"), new("POST /management/v1/projects/{projectId}/keys/{keyId}/regenerate", "/management/v1/projects/%project%/keys/%key%/regenerate", "{}"),
        new("POST /management/v1/projects/{projectId}/keys/{keyId}/rotate", "/management/v1/projects/%project%/keys/%key%/rotate", """{"overlap_seconds":60,"overlap_until":"2090-01-01T00:00:00Z"}"""), new("GET /management/v1/projects/{projectId}/origins/refused", "/management/v1/projects/%project%/origins/refused"),
        new("POST /management/v1/projects/{projectId}/origins/test", "/management/v1/projects/%project%/origins/test", """{"origin":"https://shop.example"}"""),
        new("POST /v1/oauth/token", "/v1/oauth/token", "grant_type=client_credentials&scope=vouchers"), new("POST /v1/oauth/introspect", "/v1/oauth/introspect", "access_token=x"), new("POST /v1/oauth/token/revoke", "/v1/oauth/token/revoke", "access_token=x"),
    ];
}
