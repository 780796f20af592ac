WITH ranked AS (
  SELECT "user_id",
         "price",
         "category",
         "created_at",
         rank() OVER (PARTITION BY "user_id" ORDER BY "created_at" DESC NULLS LAST) AS penstock_place_1,
         rank() OVER (PARTITION BY "user_id" ORDER BY "created_at" NULLS LAST) AS penstock_place_2
  FROM "we""ird; DROP TABLE x -- 😀"
  WHERE "user_id" IS NOT NULL
)
SELECT "user_id" AS "user_id",
       sum("price") AS "ltv",
       max("category") FILTER (WHERE penstock_place_1 = 1 AND "created_at" IS NOT NULL) AS "last_category",
       max("price") FILTER (WHERE penstock_place_1 = 1 AND "created_at" IS NOT NULL) AS "last_price",
       max("category") FILTER (WHERE penstock_place_2 = 1 AND "created_at" IS NOT NULL) AS "first_category"
FROM ranked
GROUP BY "user_id"
