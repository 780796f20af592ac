SELECT "id" AS "id",
       "price" AS "price",
       "we""ird; DROP TABLE x -- 😀" AS "p""q"
FROM "we""ird; DROP TABLE x -- 😀"
LIMIT ?1
-- 1: Integer 10
