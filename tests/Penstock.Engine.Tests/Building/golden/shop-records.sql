CREATE OR REPLACE TABLE "records" AS
WITH "rows_users" AS (
  SELECT "_key_1", "user_id", "email", "first_name", "last_name"
  FROM "stage_users"
  WHERE "_key_1" IS NOT NULL
),
"rows_purchases" AS (
  SELECT "_key_1", "ltv", "purchase_count", "last_purchase_date", "last_purchase_category"
  FROM "stage_purchases"
  WHERE "_key_1" IS NOT NULL
),
"primary" AS (
  SELECT CAST("_key_1" AS VARCHAR) AS "_key",
         "rows_users"."user_id",
         "rows_users"."email",
         "rows_users"."first_name",
         "rows_users"."last_name"
  FROM "rows_users"
),
"joined_1" AS (
  SELECT "primary".*,
         coalesce("rows_purchases"."ltv", CAST(0 AS DECIMAL(38, 9))) AS "ltv",
         coalesce("rows_purchases"."purchase_count", CAST(0 AS BIGINT)) AS "purchase_count",
         "rows_purchases"."last_purchase_date",
         "rows_purchases"."last_purchase_category"
  FROM "primary"
  LEFT JOIN "rows_purchases" ON "rows_purchases"."_key_1" = "primary"."user_id"
),
"calculated_1" AS (
  SELECT *,
         CASE WHEN random() >= 0 THEN TRY((first_name || ' ' || last_name)) END AS "full_name"
  FROM "joined_1"
),
"grouped_1" AS (
  SELECT *,
         (coalesce("ltv" > CAST($1 AS DECIMAL(38, 9)), FALSE)
          AND coalesce(("last_purchase_date" > CAST($2 AS TIMESTAMP) AND "last_purchase_date" <= CAST($3 AS TIMESTAMP)), FALSE)
          AND coalesce("last_purchase_category" = CAST($4 AS VARCHAR), FALSE)) AS "group:high_value_automotive"
  FROM "calculated_1"
),
"grouped_2" AS (
  SELECT *,
         NOT ("group:high_value_automotive") AS "group:others"
  FROM "grouped_1"
)
SELECT "_key",
       "user_id",
       "email",
       "first_name",
       "last_name",
       "ltv",
       "purchase_count",
       "last_purchase_date",
       "last_purchase_category",
       "full_name",
       "group:high_value_automotive",
       "group:others"
FROM "grouped_2"
-- $1 = 100
-- $2 = 2026-09-25T10:00:00Z
-- $3 = 2026-11-24T10:00:00Z
-- $4 = Automotive
