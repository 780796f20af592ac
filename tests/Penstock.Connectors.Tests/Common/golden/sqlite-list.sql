WITH ranked AS (
  SELECT "user_id",
         "category",
         "created_at",
         row_number() OVER (PARTITION BY "user_id" ORDER BY "category" IS NULL, "category") AS penstock_place_1,
         row_number() OVER (PARTITION BY "user_id" ORDER BY "category" IS NULL, "created_at" DESC NULLS LAST, "category") AS penstock_place_2
  FROM "we""ird; DROP TABLE x -- 😀"
  WHERE "user_id" IS NOT NULL
)
SELECT "user_id" AS "user_id",
       CASE WHEN count("category") > 0 THEN json_group_array("category" ORDER BY penstock_place_1) FILTER (WHERE penstock_place_1 <= 3 AND "category" IS NOT NULL) END AS "categories",
       CASE WHEN count("category") > 0 THEN json_group_array("category" ORDER BY penstock_place_2) FILTER (WHERE penstock_place_2 <= 5 AND "category" IS NOT NULL) END AS "recent"
FROM ranked
GROUP BY "user_id"
