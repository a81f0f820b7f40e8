using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Vouchsafe.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    scopes = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ip_rules = table.Column<string>(type: "text", nullable: false),
                    is_primary = table.Column<bool>(type: "boolean", nullable: false),
                    blocked = table.Column<bool>(type: "boolean", nullable: false),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    previous_secret_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    previous_valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    protected_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    visible_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "async_actions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    resource_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    request_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    result_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    processed = table.Column<long>(type: "bigint", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_async_actions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "campaigns",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    campaign_type = table.Column<short>(type: "smallint", nullable: false),
                    mode = table.Column<short>(type: "smallint", nullable: false),
                    voucher_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    referral_program_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    auto_join = table.Column<bool>(type: "boolean", nullable: false),
                    join_once = table.Column<bool>(type: "boolean", nullable: false),
                    use_voucher_metadata_schema = table.Column<bool>(type: "boolean", nullable: false),
                    start_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expiration_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    validity_timeframe_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    validity_day_of_week_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    validity_hours_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    activity_duration_after_publishing = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    category_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    @protected = table.Column<bool>(name: "protected", type: "boolean", nullable: false),
                    generation = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_campaigns", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "categories",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hierarchy = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_categories", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "counters",
                columns: table => new
                {
                    owner = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false),
                    ceiling = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_counters", x => new { x.owner, x.kind });
                    table.CheckConstraint("ck_counters_value", "value >= 0");
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.CreateTable(
                name: "custom_events",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_custom_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    email_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    phone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    birthdate = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    address_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word2 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word3 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word4 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word5 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word6 = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    xml = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "earning_rules",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    campaign_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false, collation: "C"),
                    loyalty_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    banner = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    start_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expiration_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    validity_timeframe_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    validity_day_of_week_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_earning_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "export_parts",
                columns: table => new
                {
                    export_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    number = table.Column<int>(type: "integer", nullable: false),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ids_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    content = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_export_parts", x => new { x.export_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "exports",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    exported_object = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    parameters_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<short>(type: "smallint", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    row_count = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_exports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "failed_sign_ins",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    member_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    masked_address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_agent = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failed_sign_ins", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "figures_marks",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    up_to_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_figures_marks", x => x.project_id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    operation = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    fingerprint = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_records", x => new { x.project_id, x.operation, x.key });
                });

            migrationBuilder.CreateTable(
                name: "ledger_marks",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_marks", x => x.id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_operator = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    protected_authenticator_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    last_code_step = table.Column<long>(type: "bigint", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    user_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    normalized_user_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    normalized_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    security_stamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "o_auth_tokens",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    scopes = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_o_auth_tokens", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "once_marks",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_once_marks", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "one_time_links",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    project_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    member_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_by = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_one_time_links", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    referrer_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    body_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "paid_orders",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    order_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    total_amount = table.Column<long>(type: "bigint", nullable: false),
                    paid_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paid_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "product_collection_items",
                columns: table => new
                {
                    collection_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    item_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    product_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_product_collection_items", x => new { x.collection_id, x.item_id });
                });

            migrationBuilder.CreateTable(
                name: "product_collections",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    filter_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_product_collections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "products",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    price = table.Column<long>(type: "bigint", nullable: true),
                    attributes_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    image_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word2 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word3 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word4 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word5 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word6 = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_products", x => new { x.project_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "projects",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    timezone = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    first_day_of_week = table.Column<int>(type: "integer", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    dial_code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    case_sensitive_codes = table.Column<bool>(type: "boolean", nullable: false),
                    is_sandbox = table.Column<bool>(type: "boolean", nullable: false),
                    client_trusted_domains = table.Column<string>(type: "text", nullable: false),
                    origin_report_only = table.Column<bool>(type: "boolean", nullable: false),
                    client_permissions = table.Column<int>(type: "integer", nullable: false),
                    server_requests_per_minute = table.Column<int>(type: "integer", nullable: true),
                    tracking_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    webhook_version = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    api_usage_notifications_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    webhooks_callout_notifications_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    protected_webhook_token = table.Column<byte[]>(type: "bytea", nullable: false),
                    default_charset = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    brand_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    privacy_policy_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    terms_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_projects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "promotion_stacks",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    campaign_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    tier_ids = table.Column<string>(type: "text", nullable: false),
                    category_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_promotion_stacks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "promotion_tiers",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    campaign_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    banner = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    discount_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hierarchy = table.Column<int>(type: "integer", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    start_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expiration_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    validity_timeframe_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    validity_day_of_week_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    validity_hours_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    category_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_promotion_tiers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publications",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    voucher_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    voucher_ids_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    channel = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_publications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "redeemable_holders",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    voucher_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    role = table.Column<short>(type: "smallint", nullable: false),
                    metadata_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redeemable_holders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "redemption_hours",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    redemptions = table.Column<long>(type: "bigint", nullable: false),
                    failures = table.Column<long>(type: "bigint", nullable: false),
                    rollbacks = table.Column<long>(type: "bigint", nullable: false),
                    discount = table.Column<long>(type: "bigint", nullable: false),
                    returned = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redemption_hours", x => new { x.project_id, x.hour });
                });

            migrationBuilder.CreateTable(
                name: "redemption_tops",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    day = table.Column<long>(type: "bigint", nullable: false),
                    owner_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    redemptions = table.Column<long>(type: "bigint", nullable: false),
                    discount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redemption_tops", x => new { x.project_id, x.day, x.owner_id });
                });

            migrationBuilder.CreateTable(
                name: "redemptions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    rollback_of = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    rollback_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    parent_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    voucher_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    promotion_tier_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    promotion_stack_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    tracking_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    order_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: true),
                    reward_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    order_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    counted_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    failure_code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    failure_message = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    channel = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redemptions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "refusal_minutes",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    minute = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<short>(type: "smallint", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refusal_minutes", x => new { x.project_id, x.minute, x.reason });
                });

            migrationBuilder.CreateTable(
                name: "refusals",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason = table.Column<short>(type: "smallint", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    origin = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    method = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    operation = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    path = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    first_seen_ms = table.Column<long>(type: "bigint", nullable: false),
                    last_seen_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refusals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reward_assignments",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reward_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    campaign_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    points = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reward_assignments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rewards",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<short>(type: "smallint", nullable: false),
                    parameters_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rewards", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "segment_members",
                columns: table => new
                {
                    segment_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_segment_members", x => new { x.segment_id, x.customer_id });
                });

            migrationBuilder.CreateTable(
                name: "segments",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<short>(type: "smallint", nullable: false),
                    filter_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_segments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "skus",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    product_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    price = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    attributes_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    image_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word2 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word3 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word4 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word5 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_word6 = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_skus", x => new { x.project_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "stacking_rules",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rules_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stacking_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "trash_entries",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    resource_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    resource_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    resource_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    parent_resource_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_trash_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "usage_hours",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    channel = table.Column<short>(type: "smallint", nullable: false),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    calls = table.Column<long>(type: "bigint", nullable: false),
                    peak = table.Column<long>(type: "bigint", nullable: false),
                    peak_limit = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_usage_hours", x => new { x.project_id, x.hour, x.channel, x.key_id });
                });

            migrationBuilder.CreateTable(
                name: "validation_locks",
                columns: table => new
                {
                    session_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    redeemable_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    lock_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    uses = table.Column<long>(type: "bigint", nullable: false),
                    credits = table.Column<long>(type: "bigint", nullable: false),
                    holds_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_validation_locks", x => new { x.redeemable_id, x.session_key });
                });

            migrationBuilder.CreateTable(
                name: "validation_rule_assignments",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rule_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    related_object_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    related_object_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_validation_rule_assignments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "validation_rules",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rules_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    bundle_rules_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    applicable_to_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    error_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    context_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_validation_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "voucher_transactions",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    voucher_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    balance = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    related_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    order_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    earning_rule_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_voucher_transactions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "vouchers",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    code_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<short>(type: "smallint", nullable: false),
                    discount_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    gift_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    gift_amount = table.Column<long>(type: "bigint", nullable: true),
                    campaign_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    category = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    category_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    start_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expiration_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    validity_timeframe_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    validity_day_of_week_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    validity_hours_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    additional_info = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    metadata_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    redemption_quantity = table.Column<long>(type: "bigint", nullable: true),
                    holder_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_vouchers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "member_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    claim_type = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    claim_value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_member_claims", x => x.id);
                    table.ForeignKey(
                        name: "FK_member_claims_members_user_id",
                        column: x => x.user_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "member_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    provider_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    provider_display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_member_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "FK_member_logins_members_user_id",
                        column: x => x.user_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "member_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_member_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "FK_member_passkeys_members_user_id",
                        column: x => x.user_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "member_tokens",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    login_provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_member_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "FK_member_tokens_members_user_id",
                        column: x => x.user_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "project_memberships",
                columns: table => new
                {
                    project_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    member_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_project_memberships", x => new { x.project_id, x.member_id });
                    table.ForeignKey(
                        name: "FK_project_memberships_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    member_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recovery_codes", x => new { x.member_id, x.hash });
                    table.ForeignKey(
                        name: "FK_recovery_codes_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sign_ins",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    member_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    method = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_agent = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    proven_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sign_ins", x => x.id);
                    table.ForeignKey(
                        name: "FK_sign_ins_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_project_id",
                table: "api_keys",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_async_actions_project_id_id",
                table: "async_actions",
                columns: new[] { "project_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_async_actions_status",
                table: "async_actions",
                column: "status",
                filter: "status IN (1, 2)");

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_project_id_created_at",
                table: "campaigns",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_project_id_name",
                table: "campaigns",
                columns: new[] { "project_id", "name" },
                unique: true,
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_categories_project_id_name",
                table: "categories",
                columns: new[] { "project_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_custom_events_customer_id",
                table: "custom_events",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_created_at_id",
                table: "customers",
                columns: new[] { "project_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_email_key_id",
                table: "customers",
                columns: new[] { "project_id", "email_key", "id" },
                filter: "email_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_name_key_id",
                table: "customers",
                columns: new[] { "project_id", "name_key", "id" },
                filter: "name_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_name_word2_id",
                table: "customers",
                columns: new[] { "project_id", "name_word2", "id" },
                filter: "name_word2 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_name_word3_id",
                table: "customers",
                columns: new[] { "project_id", "name_word3", "id" },
                filter: "name_word3 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_name_word4_id",
                table: "customers",
                columns: new[] { "project_id", "name_word4", "id" },
                filter: "name_word4 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_name_word5_id",
                table: "customers",
                columns: new[] { "project_id", "name_word5", "id" },
                filter: "name_word5 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_name_word6_id",
                table: "customers",
                columns: new[] { "project_id", "name_word6", "id" },
                filter: "name_word6 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_project_id_source_id",
                table: "customers",
                columns: new[] { "project_id", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_earning_rules_project_id_campaign_id",
                table: "earning_rules",
                columns: new[] { "project_id", "campaign_id" });

            migrationBuilder.CreateIndex(
                name: "ix_export_parts_created_at",
                table: "export_parts",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_export_parts_project_id",
                table: "export_parts",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_exports_project_id_created_at",
                table: "exports",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_records_expires_at",
                table: "idempotency_records",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_member_claims_user_id",
                table: "member_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_logins_user_id",
                table: "member_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_passkeys_user_id",
                table: "member_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_members_normalized_email",
                table: "members",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_normalized_user_name",
                table: "members",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_o_auth_tokens_project_id_expires_at",
                table: "o_auth_tokens",
                columns: new[] { "project_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_one_time_links_id",
                table: "one_time_links",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_one_time_links_project_id",
                table: "one_time_links",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_customer_id_created_at_amount",
                table: "orders",
                columns: new[] { "customer_id", "created_at", "amount" },
                filter: "customer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_orders_project_id_source_id",
                table: "orders",
                columns: new[] { "project_id", "source_id" },
                unique: true,
                filter: "source_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_product_collection_items_item_id",
                table: "product_collection_items",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_product_collections_project_id_created_at",
                table: "product_collections",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_created_at_id",
                table: "products",
                columns: new[] { "project_id", "created_at", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_name_key_id",
                table: "products",
                columns: new[] { "project_id", "name_key", "id" },
                filter: "deleted_at IS NULL AND name_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_name_word2_id",
                table: "products",
                columns: new[] { "project_id", "name_word2", "id" },
                filter: "deleted_at IS NULL AND name_word2 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_name_word3_id",
                table: "products",
                columns: new[] { "project_id", "name_word3", "id" },
                filter: "deleted_at IS NULL AND name_word3 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_name_word4_id",
                table: "products",
                columns: new[] { "project_id", "name_word4", "id" },
                filter: "deleted_at IS NULL AND name_word4 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_name_word5_id",
                table: "products",
                columns: new[] { "project_id", "name_word5", "id" },
                filter: "deleted_at IS NULL AND name_word5 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_name_word6_id",
                table: "products",
                columns: new[] { "project_id", "name_word6", "id" },
                filter: "deleted_at IS NULL AND name_word6 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_products_project_id_source_id",
                table: "products",
                columns: new[] { "project_id", "source_id" },
                unique: true,
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_project_memberships_member_id",
                table: "project_memberships",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_promotion_stacks_campaign_id",
                table: "promotion_stacks",
                column: "campaign_id");

            migrationBuilder.CreateIndex(
                name: "ix_promotion_stacks_project_id_created_at",
                table: "promotion_stacks",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_promotion_tiers_campaign_id_hierarchy",
                table: "promotion_tiers",
                columns: new[] { "campaign_id", "hierarchy" });

            migrationBuilder.CreateIndex(
                name: "ix_promotion_tiers_project_id_created_at",
                table: "promotion_tiers",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_publications_customer_id",
                table: "publications",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_publications_project_id_source_id",
                table: "publications",
                columns: new[] { "project_id", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_publications_voucher_id",
                table: "publications",
                column: "voucher_id");

            migrationBuilder.CreateIndex(
                name: "ix_redeemable_holders_customer_id",
                table: "redeemable_holders",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_redeemable_holders_voucher_id_customer_id",
                table: "redeemable_holders",
                columns: new[] { "voucher_id", "customer_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_customer_id_id",
                table: "redemptions",
                columns: new[] { "customer_id", "id" },
                filter: "customer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_parent_id",
                table: "redemptions",
                column: "parent_id",
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_project_id_id",
                table: "redemptions",
                columns: new[] { "project_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_promotion_tier_id",
                table: "redemptions",
                column: "promotion_tier_id",
                filter: "promotion_tier_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_rollback_of",
                table: "redemptions",
                column: "rollback_of",
                unique: true,
                filter: "kind = 3");

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_voucher_id_id",
                table: "redemptions",
                columns: new[] { "voucher_id", "id" },
                filter: "voucher_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_refusals_project_id_last_seen_ms",
                table: "refusals",
                columns: new[] { "project_id", "last_seen_ms" });

            migrationBuilder.CreateIndex(
                name: "ix_reward_assignments_campaign_id",
                table: "reward_assignments",
                column: "campaign_id");

            migrationBuilder.CreateIndex(
                name: "ix_reward_assignments_reward_id_campaign_id",
                table: "reward_assignments",
                columns: new[] { "reward_id", "campaign_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rewards_project_id_created_at",
                table: "rewards",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_segment_members_customer_id",
                table: "segment_members",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_segments_project_id_created_at",
                table: "segments",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sign_ins_member_id_id",
                table: "sign_ins",
                columns: new[] { "member_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_name_key_id",
                table: "skus",
                columns: new[] { "project_id", "name_key", "id" },
                filter: "deleted_at IS NULL AND name_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_name_word2_id",
                table: "skus",
                columns: new[] { "project_id", "name_word2", "id" },
                filter: "deleted_at IS NULL AND name_word2 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_name_word3_id",
                table: "skus",
                columns: new[] { "project_id", "name_word3", "id" },
                filter: "deleted_at IS NULL AND name_word3 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_name_word4_id",
                table: "skus",
                columns: new[] { "project_id", "name_word4", "id" },
                filter: "deleted_at IS NULL AND name_word4 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_name_word5_id",
                table: "skus",
                columns: new[] { "project_id", "name_word5", "id" },
                filter: "deleted_at IS NULL AND name_word5 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_name_word6_id",
                table: "skus",
                columns: new[] { "project_id", "name_word6", "id" },
                filter: "deleted_at IS NULL AND name_word6 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_product_id",
                table: "skus",
                columns: new[] { "project_id", "product_id" });

            migrationBuilder.CreateIndex(
                name: "ix_skus_project_id_source_id",
                table: "skus",
                columns: new[] { "project_id", "source_id" },
                unique: true,
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stacking_rules_project_id",
                table: "stacking_rules",
                column: "project_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_trash_entries_project_id_id",
                table: "trash_entries",
                columns: new[] { "project_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_validation_locks_expires_at",
                table: "validation_locks",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_validation_locks_project_id_session_key",
                table: "validation_locks",
                columns: new[] { "project_id", "session_key" });

            migrationBuilder.CreateIndex(
                name: "ix_validation_rule_assignments_project_id_related_object_id",
                table: "validation_rule_assignments",
                columns: new[] { "project_id", "related_object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_validation_rule_assignments_rule_id_related_object_id",
                table: "validation_rule_assignments",
                columns: new[] { "rule_id", "related_object_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_validation_rules_project_id_created_at",
                table: "validation_rules",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_voucher_transactions_voucher_id_id",
                table: "voucher_transactions",
                columns: new[] { "voucher_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_vouchers_campaign_id_deleted_at_created_at",
                table: "vouchers",
                columns: new[] { "campaign_id", "deleted_at", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_vouchers_holder_id",
                table: "vouchers",
                column: "holder_id");

            migrationBuilder.CreateIndex(
                name: "ix_vouchers_project_id_code_key",
                table: "vouchers",
                columns: new[] { "project_id", "code_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_vouchers_project_id_created_at",
                table: "vouchers",
                columns: new[] { "project_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_vouchers_project_id_type_created_at",
                table: "vouchers",
                columns: new[] { "project_id", "type", "created_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "async_actions");

            migrationBuilder.DropTable(
                name: "campaigns");

            migrationBuilder.DropTable(
                name: "categories");

            migrationBuilder.DropTable(
                name: "counters");

            migrationBuilder.DropTable(
                name: "custom_events");

            migrationBuilder.DropTable(
                name: "customers");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "earning_rules");

            migrationBuilder.DropTable(
                name: "export_parts");

            migrationBuilder.DropTable(
                name: "exports");

            migrationBuilder.DropTable(
                name: "failed_sign_ins");

            migrationBuilder.DropTable(
                name: "figures_marks");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "ledger_marks");

            migrationBuilder.DropTable(
                name: "member_claims");

            migrationBuilder.DropTable(
                name: "member_logins");

            migrationBuilder.DropTable(
                name: "member_passkeys");

            migrationBuilder.DropTable(
                name: "member_tokens");

            migrationBuilder.DropTable(
                name: "o_auth_tokens");

            migrationBuilder.DropTable(
                name: "once_marks");

            migrationBuilder.DropTable(
                name: "one_time_links");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "paid_orders");

            migrationBuilder.DropTable(
                name: "product_collection_items");

            migrationBuilder.DropTable(
                name: "product_collections");

            migrationBuilder.DropTable(
                name: "products");

            migrationBuilder.DropTable(
                name: "project_memberships");

            migrationBuilder.DropTable(
                name: "projects");

            migrationBuilder.DropTable(
                name: "promotion_stacks");

            migrationBuilder.DropTable(
                name: "promotion_tiers");

            migrationBuilder.DropTable(
                name: "publications");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropTable(
                name: "redeemable_holders");

            migrationBuilder.DropTable(
                name: "redemption_hours");

            migrationBuilder.DropTable(
                name: "redemption_tops");

            migrationBuilder.DropTable(
                name: "redemptions");

            migrationBuilder.DropTable(
                name: "refusal_minutes");

            migrationBuilder.DropTable(
                name: "refusals");

            migrationBuilder.DropTable(
                name: "reward_assignments");

            migrationBuilder.DropTable(
                name: "rewards");

            migrationBuilder.DropTable(
                name: "segment_members");

            migrationBuilder.DropTable(
                name: "segments");

            migrationBuilder.DropTable(
                name: "sign_ins");

            migrationBuilder.DropTable(
                name: "skus");

            migrationBuilder.DropTable(
                name: "stacking_rules");

            migrationBuilder.DropTable(
                name: "trash_entries");

            migrationBuilder.DropTable(
                name: "usage_hours");

            migrationBuilder.DropTable(
                name: "validation_locks");

            migrationBuilder.DropTable(
                name: "validation_rule_assignments");

            migrationBuilder.DropTable(
                name: "validation_rules");

            migrationBuilder.DropTable(
                name: "voucher_transactions");

            migrationBuilder.DropTable(
                name: "vouchers");

            migrationBuilder.DropTable(
                name: "members");
        }
    }
}
