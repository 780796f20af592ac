SELECT "id" AS "id"
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
WHERE "category" = 'it''s'
  AND "category" <> E'a\\b'
  AND "price" > '1'
  AND "price" >= 1.5
  AND "price" < 2.5
  AND "price" <= '100'
  AND strpos("category"::text COLLATE "C", '100%_') > 0
  AND NOT strpos("category"::text COLLATE "C", 'x') > 0
  AND "category" IS NOT NULL
  AND "state" IS NULL
  AND "category" IN ('a', 'b')
  AND "id" NOT IN ('1', '2')
