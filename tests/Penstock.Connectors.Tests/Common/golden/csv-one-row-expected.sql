SELECT "user_id" AS "user_id",
       any_value("category") AS "category",
       sum("price") AS "ltv",
       count(*) AS "_rows"
FROM "we""ird; DROP TABLE x -- 😀.csv"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
