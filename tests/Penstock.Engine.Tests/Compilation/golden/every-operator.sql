CREATE OR REPLACE TABLE "records" AS
WITH "rows_things" AS (
  SELECT "_key_1", "s", "n", "day", "at", "tags"
  FROM "stage_things"
  WHERE "_key_1" IS NOT NULL
),
"primary" AS (
  SELECT CAST("_key_1" AS VARCHAR) AS "_key",
         "rows_things"."s",
         "rows_things"."n",
         "rows_things"."day",
         "rows_things"."at",
         "rows_things"."tags"
  FROM "rows_things"
),
"grouped_1" AS (
  SELECT *,
         (coalesce("s" = CAST($1 AS VARCHAR), FALSE)) AS "group:s_Equals",
         (coalesce("day" = CAST($2 AS DATE), FALSE)) AS "group:day_Equals",
         (coalesce(("at" >= CAST($3 AS TIMESTAMP) AND "at" < CAST($4 AS TIMESTAMP)), FALSE)) AS "group:at_Equals",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" = CAST($5 AS VARCHAR), FALSE))), 0) > 0) AS "group:tags_Equals",
         (coalesce(NOT ("s" = CAST($6 AS VARCHAR)), FALSE)) AS "group:s_NotEquals",
         (coalesce(NOT ("day" = CAST($7 AS DATE)), FALSE)) AS "group:day_NotEquals",
         (coalesce(NOT (("at" >= CAST($8 AS TIMESTAMP) AND "at" < CAST($9 AS TIMESTAMP))), FALSE)) AS "group:at_NotEquals",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" = CAST($10 AS VARCHAR), FALSE))), 0) = 0) AS "group:tags_NotEquals",
         (coalesce("s" > CAST($11 AS VARCHAR), FALSE)) AS "group:s_GreaterThan",
         (coalesce("day" > CAST($12 AS DATE), FALSE)) AS "group:day_GreaterThan",
         (coalesce("at" > CAST($13 AS TIMESTAMP), FALSE)) AS "group:at_GreaterThan",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" > CAST($14 AS VARCHAR), FALSE))), 0) > 0) AS "group:tags_GreaterThan",
         (coalesce("s" >= CAST($15 AS VARCHAR), FALSE)) AS "group:s_AtLeast",
         (coalesce("day" >= CAST($16 AS DATE), FALSE)) AS "group:day_AtLeast",
         (coalesce("at" >= CAST($17 AS TIMESTAMP), FALSE)) AS "group:at_AtLeast",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" >= CAST($18 AS VARCHAR), FALSE))), 0) > 0) AS "group:tags_AtLeast",
         (coalesce("s" < CAST($19 AS VARCHAR), FALSE)) AS "group:s_LessThan",
         (coalesce("day" < CAST($20 AS DATE), FALSE)) AS "group:day_LessThan",
         (coalesce("at" < CAST($21 AS TIMESTAMP), FALSE)) AS "group:at_LessThan",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" < CAST($22 AS VARCHAR), FALSE))), 0) > 0) AS "group:tags_LessThan",
         (coalesce("s" <= CAST($23 AS VARCHAR), FALSE)) AS "group:s_AtMost",
         (coalesce("day" <= CAST($24 AS DATE), FALSE)) AS "group:day_AtMost",
         (coalesce("at" <= CAST($25 AS TIMESTAMP), FALSE)) AS "group:at_AtMost",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" <= CAST($26 AS VARCHAR), FALSE))), 0) > 0) AS "group:tags_AtMost",
         (coalesce(("s" >= CAST($27 AS VARCHAR) AND "s" <= CAST($28 AS VARCHAR)), FALSE)) AS "group:s_Between",
         (coalesce(("day" >= CAST($29 AS DATE) AND "day" <= CAST($30 AS DATE)), FALSE)) AS "group:day_Between",
         (coalesce(("at" >= CAST($31 AS TIMESTAMP) AND "at" < CAST($32 AS TIMESTAMP)), FALSE)) AS "group:at_Between",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce(("_element" >= CAST($33 AS VARCHAR) AND "_element" <= CAST($34 AS VARCHAR)), FALSE))), 0) > 0) AS "group:tags_Between",
         (coalesce("s" IN (CAST($35 AS VARCHAR), CAST($36 AS VARCHAR)), FALSE)) AS "group:s_In",
         (coalesce("day" IN (CAST($37 AS DATE), CAST($38 AS DATE)), FALSE)) AS "group:day_In",
         (coalesce((("at" >= CAST($39 AS TIMESTAMP) AND "at" < CAST($40 AS TIMESTAMP)) OR "at" = CAST($41 AS TIMESTAMP)), FALSE)) AS "group:at_In",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" IN (CAST($42 AS VARCHAR), CAST($43 AS VARCHAR)), FALSE))), 0) > 0) AS "group:tags_In",
         (coalesce(NOT ("s" IN (CAST($44 AS VARCHAR), CAST($45 AS VARCHAR))), FALSE)) AS "group:s_NotIn",
         (coalesce(NOT ("day" IN (CAST($46 AS DATE), CAST($47 AS DATE))), FALSE)) AS "group:day_NotIn",
         (coalesce(NOT ((("at" >= CAST($48 AS TIMESTAMP) AND "at" < CAST($49 AS TIMESTAMP)) OR "at" = CAST($50 AS TIMESTAMP))), FALSE)) AS "group:at_NotIn",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" IN (CAST($51 AS VARCHAR), CAST($52 AS VARCHAR)), FALSE))), 0) = 0) AS "group:tags_NotIn",
         ("s" IS NOT NULL) AS "group:s_Exists",
         ("day" IS NOT NULL) AS "group:day_Exists",
         ("at" IS NOT NULL) AS "group:at_Exists",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" IS NOT NULL, FALSE))), 0) > 0) AS "group:tags_Exists",
         ("s" IS NULL) AS "group:s_NotExists",
         ("day" IS NULL) AS "group:day_NotExists",
         ("at" IS NULL) AS "group:at_NotExists",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" IS NOT NULL, FALSE))), 0) = 0) AS "group:tags_NotExists",
         (coalesce("s", '') = '') AS "group:s_IsEmpty",
         ("day" IS NULL) AS "group:day_IsEmpty",
         ("at" IS NULL) AS "group:at_IsEmpty",
         (coalesce(len("tags"), 0) = 0) AS "group:tags_IsEmpty",
         (NOT (coalesce("s", '') = '')) AS "group:s_IsNotEmpty",
         (NOT ("day" IS NULL)) AS "group:day_IsNotEmpty",
         (NOT ("at" IS NULL)) AS "group:at_IsNotEmpty",
         (coalesce(len("tags"), 0) > 0) AS "group:tags_IsNotEmpty",
         (coalesce(contains("s", CAST($53 AS VARCHAR)), FALSE)) AS "group:s_Contains",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce(contains("_element", CAST($54 AS VARCHAR)), FALSE))), 0) > 0) AS "group:tags_Contains",
         (coalesce(NOT (contains("s", CAST($55 AS VARCHAR))), FALSE)) AS "group:s_NotContains",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce(contains("_element", CAST($56 AS VARCHAR)), FALSE))), 0) = 0) AS "group:tags_NotContains",
         (coalesce(starts_with("s", CAST($57 AS VARCHAR)), FALSE)) AS "group:s_StartsWith",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce(starts_with("_element", CAST($58 AS VARCHAR)), FALSE))), 0) > 0) AS "group:tags_StartsWith",
         (coalesce(ends_with("s", CAST($59 AS VARCHAR)), FALSE)) AS "group:s_EndsWith",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce(ends_with("_element", CAST($60 AS VARCHAR)), FALSE))), 0) > 0) AS "group:tags_EndsWith",
         (coalesce("s" LIKE CAST($61 AS VARCHAR) ESCAPE '\', FALSE)) AS "group:s_Like",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" LIKE CAST($62 AS VARCHAR) ESCAPE '\', FALSE))), 0) > 0) AS "group:tags_Like",
         (coalesce(NOT ("s" LIKE CAST($63 AS VARCHAR) ESCAPE '\'), FALSE)) AS "group:s_NotLike",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" LIKE CAST($64 AS VARCHAR) ESCAPE '\', FALSE))), 0) = 0) AS "group:tags_NotLike",
         (coalesce("s" ILIKE CAST($65 AS VARCHAR) ESCAPE '\', FALSE)) AS "group:s_Ilike",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" ILIKE CAST($66 AS VARCHAR) ESCAPE '\', FALSE))), 0) > 0) AS "group:tags_Ilike",
         (coalesce(NOT ("s" ILIKE CAST($67 AS VARCHAR) ESCAPE '\'), FALSE)) AS "group:s_NotIlike",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce("_element" ILIKE CAST($68 AS VARCHAR) ESCAPE '\', FALSE))), 0) = 0) AS "group:tags_NotIlike",
         (coalesce(regexp_matches("s", CAST($69 AS VARCHAR)), FALSE)) AS "group:s_Matches",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce(regexp_matches("_element", CAST($70 AS VARCHAR)), FALSE))), 0) > 0) AS "group:tags_Matches",
         (coalesce(NOT (regexp_matches("s", CAST($71 AS VARCHAR))), FALSE)) AS "group:s_NotMatches",
         (coalesce(len(list_filter("tags", lambda "_element": coalesce(regexp_matches("_element", CAST($72 AS VARCHAR)), FALSE))), 0) = 0) AS "group:tags_NotMatches",
         (coalesce(("day" > CAST($73 AS DATE) AND "day" <= CAST($74 AS DATE)), FALSE)) AS "group:day_Within",
         (coalesce(("at" > CAST($75 AS TIMESTAMP) AND "at" <= CAST($76 AS TIMESTAMP)), FALSE)) AS "group:at_Within",
         (coalesce("day" <= CAST($77 AS DATE), FALSE)) AS "group:day_OlderThan",
         (coalesce("at" <= CAST($78 AS TIMESTAMP), FALSE)) AS "group:at_OlderThan",
         (coalesce(("day" >= CAST($79 AS DATE) AND "day" < CAST($80 AS DATE)), FALSE)) AS "group:day_WithinNext",
         (coalesce(("at" >= CAST($81 AS TIMESTAMP) AND "at" < CAST($82 AS TIMESTAMP)), FALSE)) AS "group:at_WithinNext",
         (coalesce("day" >= CAST($83 AS DATE), FALSE)) AS "group:day_LaterThan",
         (coalesce("at" >= CAST($84 AS TIMESTAMP), FALSE)) AS "group:at_LaterThan"
  FROM "primary"
)
SELECT "_key",
       "s",
       "n",
       "day",
       "at",
       "tags",
       "group:s_Equals",
       "group:day_Equals",
       "group:at_Equals",
       "group:tags_Equals",
       "group:s_NotEquals",
       "group:day_NotEquals",
       "group:at_NotEquals",
       "group:tags_NotEquals",
       "group:s_GreaterThan",
       "group:day_GreaterThan",
       "group:at_GreaterThan",
       "group:tags_GreaterThan",
       "group:s_AtLeast",
       "group:day_AtLeast",
       "group:at_AtLeast",
       "group:tags_AtLeast",
       "group:s_LessThan",
       "group:day_LessThan",
       "group:at_LessThan",
       "group:tags_LessThan",
       "group:s_AtMost",
       "group:day_AtMost",
       "group:at_AtMost",
       "group:tags_AtMost",
       "group:s_Between",
       "group:day_Between",
       "group:at_Between",
       "group:tags_Between",
       "group:s_In",
       "group:day_In",
       "group:at_In",
       "group:tags_In",
       "group:s_NotIn",
       "group:day_NotIn",
       "group:at_NotIn",
       "group:tags_NotIn",
       "group:s_Exists",
       "group:day_Exists",
       "group:at_Exists",
       "group:tags_Exists",
       "group:s_NotExists",
       "group:day_NotExists",
       "group:at_NotExists",
       "group:tags_NotExists",
       "group:s_IsEmpty",
       "group:day_IsEmpty",
       "group:at_IsEmpty",
       "group:tags_IsEmpty",
       "group:s_IsNotEmpty",
       "group:day_IsNotEmpty",
       "group:at_IsNotEmpty",
       "group:tags_IsNotEmpty",
       "group:s_Contains",
       "group:tags_Contains",
       "group:s_NotContains",
       "group:tags_NotContains",
       "group:s_StartsWith",
       "group:tags_StartsWith",
       "group:s_EndsWith",
       "group:tags_EndsWith",
       "group:s_Like",
       "group:tags_Like",
       "group:s_NotLike",
       "group:tags_NotLike",
       "group:s_Ilike",
       "group:tags_Ilike",
       "group:s_NotIlike",
       "group:tags_NotIlike",
       "group:s_Matches",
       "group:tags_Matches",
       "group:s_NotMatches",
       "group:tags_NotMatches",
       "group:day_Within",
       "group:at_Within",
       "group:day_OlderThan",
       "group:at_OlderThan",
       "group:day_WithinNext",
       "group:at_WithinNext",
       "group:day_LaterThan",
       "group:at_LaterThan"
FROM "grouped_1"
-- $1 = 2026-01-31
-- $2 = 2026-01-31
-- $3 = 2026-01-31T03:00:00Z
-- $4 = 2026-02-01T03:00:00Z
-- $5 = 2026-01-31
-- $6 = 2026-01-31
-- $7 = 2026-01-31
-- $8 = 2026-01-31T03:00:00Z
-- $9 = 2026-02-01T03:00:00Z
-- $10 = 2026-01-31
-- $11 = 2026-01-31
-- $12 = 2026-01-31
-- $13 = 2026-01-31T03:00:00Z
-- $14 = 2026-01-31
-- $15 = 2026-01-31
-- $16 = 2026-01-31
-- $17 = 2026-01-31T03:00:00Z
-- $18 = 2026-01-31
-- $19 = 2026-01-31
-- $20 = 2026-01-31
-- $21 = 2026-01-31T03:00:00Z
-- $22 = 2026-01-31
-- $23 = 2026-01-31
-- $24 = 2026-01-31
-- $25 = 2026-01-31T03:00:00Z
-- $26 = 2026-01-31
-- $27 = 2026-01-01
-- $28 = 2026-01-31
-- $29 = 2026-01-01
-- $30 = 2026-01-31
-- $31 = 2026-01-01T03:00:00Z
-- $32 = 2026-02-01T03:00:00Z
-- $33 = 2026-01-01
-- $34 = 2026-01-31
-- $35 = 2026-01-01
-- $36 = 2026-01-31T12:00:00Z
-- $37 = 2026-01-01
-- $38 = 2026-01-31
-- $39 = 2026-01-01T03:00:00Z
-- $40 = 2026-01-02T03:00:00Z
-- $41 = 2026-01-31T12:00:00Z
-- $42 = 2026-01-01
-- $43 = 2026-01-31T12:00:00Z
-- $44 = 2026-01-01
-- $45 = 2026-01-31T12:00:00Z
-- $46 = 2026-01-01
-- $47 = 2026-01-31
-- $48 = 2026-01-01T03:00:00Z
-- $49 = 2026-01-02T03:00:00Z
-- $50 = 2026-01-31T12:00:00Z
-- $51 = 2026-01-01
-- $52 = 2026-01-31T12:00:00Z
-- $53 = 2026-01-31
-- $54 = 2026-01-31
-- $55 = 2026-01-31
-- $56 = 2026-01-31
-- $57 = 2026-01-31
-- $58 = 2026-01-31
-- $59 = 2026-01-31
-- $60 = 2026-01-31
-- $61 = 2026-01-31
-- $62 = 2026-01-31
-- $63 = 2026-01-31
-- $64 = 2026-01-31
-- $65 = 2026-01-31
-- $66 = 2026-01-31
-- $67 = 2026-01-31
-- $68 = 2026-01-31
-- $69 = 2026-01-31
-- $70 = 2026-01-31
-- $71 = 2026-01-31
-- $72 = 2026-01-31
-- $73 = 2026-09-25
-- $74 = 2026-11-24
-- $75 = 2026-09-25T10:00:00Z
-- $76 = 2026-11-24T10:00:00Z
-- $77 = 2026-09-25
-- $78 = 2026-09-25T10:00:00Z
-- $79 = 2026-11-24
-- $80 = 2027-01-23
-- $81 = 2026-11-24T10:00:00Z
-- $82 = 2027-01-23T10:00:00Z
-- $83 = 2027-01-23
-- $84 = 2027-01-23T10:00:00Z
