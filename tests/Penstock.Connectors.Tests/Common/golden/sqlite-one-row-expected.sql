SELECT "user_id" AS "user_id",
       max("category") AS "category",
       sum("price") AS "ltv",
       count(*) AS "_rows"
FROM "we""ird; DROP TABLE x -- 😀"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
