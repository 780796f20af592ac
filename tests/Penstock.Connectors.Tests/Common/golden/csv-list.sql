SELECT "user_id" AS "user_id",
       to_json(list_slice(list("category" ORDER BY "category" ASC) FILTER (WHERE "category" IS NOT NULL), 1, $1)) AS "categories",
       to_json(list_slice(list("category" ORDER BY "created_at" DESC NULLS LAST, "category") FILTER (WHERE "category" IS NOT NULL), 1, $2)) AS "recent"
FROM "we""ird; DROP TABLE x -- 😀.csv"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
-- 1: Integer 3
-- 2: Integer 5
