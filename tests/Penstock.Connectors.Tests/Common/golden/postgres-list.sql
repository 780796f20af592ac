SELECT "user_id" AS "user_id",
       to_json((array_agg("category" ORDER BY "category") FILTER (WHERE "category" IS NOT NULL))[1:3]) AS "categories",
       to_json((array_agg("category" ORDER BY "created_at" DESC NULLS LAST, "category") FILTER (WHERE "category" IS NOT NULL))[1:5]) AS "recent"
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
WHERE "user_id" IS NOT NULL
GROUP BY "user_id"
