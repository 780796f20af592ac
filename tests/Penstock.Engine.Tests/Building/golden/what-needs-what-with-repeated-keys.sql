CREATE OR REPLACE TABLE "records" AS
WITH "repeated_things" AS (
  SELECT "_key_1", "_key_2", count(*) AS "_rows"
  FROM "stage_things"
  WHERE "_key_1" IS NOT NULL AND "_key_2" IS NOT NULL
  GROUP BY "_key_1", "_key_2"
  HAVING count(*) > 1
),
"rows_things" AS (
  SELECT "_key_1", "_key_2", "s", "n", "tags"
  FROM "stage_things"
  ANTI JOIN "repeated_things" USING ("_key_1", "_key_2")
  WHERE "_key_1" IS NOT NULL AND "_key_2" IS NOT NULL
  UNION ALL
  SELECT "_key_1", "_key_2", "s", "n", "tags"
  FROM "stage_things"
  SEMI JOIN "repeated_things" USING ("_key_1", "_key_2")
  QUALIFY row_number() OVER (PARTITION BY "_key_1", "_key_2" ORDER BY "s" NULLS LAST, "n" NULLS LAST, "tags" NULLS LAST) = 1
),
"repeated_regions" AS (
  SELECT "_key_1", "_key_2", count(*) AS "_rows"
  FROM "stage_regions"
  WHERE "_key_1" IS NOT NULL AND "_key_2" IS NOT NULL
  GROUP BY "_key_1", "_key_2"
  HAVING count(*) > 1
),
"rows_regions" AS (
  SELECT "_key_1", "_key_2", "region"
  FROM "stage_regions"
  ANTI JOIN "repeated_regions" USING ("_key_1", "_key_2")
  WHERE "_key_1" IS NOT NULL AND "_key_2" IS NOT NULL
  UNION ALL
  SELECT "_key_1", "_key_2", "region"
  FROM "stage_regions"
  SEMI JOIN "repeated_regions" USING ("_key_1", "_key_2")
  QUALIFY row_number() OVER (PARTITION BY "_key_1", "_key_2" ORDER BY "region" NULLS LAST) = 1
),
"primary" AS (
  SELECT CAST(json_array("_key_1", "_key_2") AS VARCHAR) AS "_key",
         "rows_things"."s",
         "rows_things"."n",
         "rows_things"."tags"
  FROM "rows_things"
),
"calculated_1" AS (
  SELECT *,
         CASE WHEN random() >= 0 THEN TRY((upper(left(s, 2)))) END AS "code",
         CASE WHEN random() >= 0 THEN TRY(CAST((n / 2) AS DOUBLE)) END AS "half"
  FROM "primary"
),
"checked_1" AS (
  SELECT * REPLACE (
         CASE WHEN "half" = trunc("half") THEN TRY_CAST("half" AS BIGINT) END AS "half")
  FROM "calculated_1"
),
"joined_2" AS (
  SELECT "checked_1".*,
         "rows_regions"."region"
  FROM "checked_1"
  LEFT JOIN "rows_regions" ON "rows_regions"."_key_1" = "checked_1"."code" AND "rows_regions"."_key_2" = "checked_1"."n"
),
"calculated_2" AS (
  SELECT *,
         CASE WHEN random() >= 0 THEN TRY(('Hello ' || region || coalesce(' ' || tags[1], ''))) END AS "greeting"
  FROM "joined_2"
),
"grouped_1" AS (
  SELECT *,
         ("half" IS NOT NULL) AS "group:even",
         (NOT (coalesce("region", '') = '')
          OR (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" IN (CAST($1 AS VARCHAR), CAST($2 AS VARCHAR)), FALSE))), 0) > 0
          AND FALSE)) AS "group:known",
         FALSE AS "group:nobody"
  FROM "calculated_2"
),
"grouped_2" AS (
  SELECT *,
         ("group:even"
          AND "group:known") AS "group:both"
  FROM "grouped_1"
)
SELECT "_key",
       "s",
       "n",
       "tags",
       "region",
       "greeting",
       "code",
       "half",
       "group:both",
       "group:even",
       "group:known",
       "group:nobody"
FROM "grouped_2"
-- $1 = x
-- $2 = y
