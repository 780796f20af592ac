SELECT "user_id" AS "user_id",
       sum("price") AS "ltv",
       first("category" ORDER BY "created_at" DESC, "category" DESC NULLS LAST) FILTER (WHERE "created_at" IS NOT NULL) AS "last_category",
       first("price" ORDER BY "created_at" DESC, "price" DESC NULLS LAST) FILTER (WHERE "created_at" IS NOT NULL) AS "last_price",
       first("category" ORDER BY "created_at", "category" DESC NULLS LAST) FILTER (WHERE "created_at" IS NOT NULL) AS "first_category"
FROM "we""ird; DROP TABLE x -- 😀.csv"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
