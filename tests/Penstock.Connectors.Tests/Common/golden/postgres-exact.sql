SELECT "id" AS "id",
       "price" AS "price",
       "we""ird; DROP TABLE x -- 😀" AS "p""q"
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
LIMIT 10
