SELECT "user_id" AS "user_id",
       (array_agg("category"))[1] AS "category",
       sum("price") AS "ltv",
       count(*) AS "_rows"
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
