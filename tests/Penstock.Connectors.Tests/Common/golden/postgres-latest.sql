SELECT "user_id" AS "user_id",
       sum("price") AS "ltv",
       (array_agg("category" ORDER BY "created_at" DESC, "category" DESC NULLS LAST) FILTER (WHERE "created_at" IS NOT NULL))[1] AS "last_category",
       (array_agg("price" ORDER BY "created_at" DESC, "price" DESC NULLS LAST) FILTER (WHERE "created_at" IS NOT NULL))[1] AS "last_price",
       (array_agg("category" ORDER BY "created_at", "category" DESC NULLS LAST) FILTER (WHERE "created_at" IS NOT NULL))[1] AS "first_category"
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
