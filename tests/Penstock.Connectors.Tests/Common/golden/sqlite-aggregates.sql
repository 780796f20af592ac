SELECT "user_id" AS "user_id",
       sum("price") AS "ltv",
       avg("price") AS "average",
       count("id") AS "count",
       count(DISTINCT "category") AS "kinds",
       min("created_at") AS "first",
       max("created_at") AS "last"
FROM "we""ird; DROP TABLE x -- 😀"
WHERE "state" = ?1
  AND "user_id" IS NOT NULL
GROUP BY "user_id"
-- 1: Text successful
