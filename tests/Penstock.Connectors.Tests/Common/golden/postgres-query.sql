SELECT "user_id" AS "user_id",
       sum("price") AS "ltv"
FROM (
SELECT user_id, price -- all of them
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
) AS "source"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
