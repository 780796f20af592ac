SELECT "id" AS "id"
FROM "we""ird; DROP TABLE x -- 😀.csv"
WHERE "category" = $1
  AND "category" <> $2
  AND "price" > $3
  AND "price" >= $4
  AND "price" < $5
  AND "price" <= $6
  AND contains(CAST("category" AS VARCHAR), $7)
  AND NOT contains(CAST("category" AS VARCHAR), $8)
  AND "category" IS NOT NULL
  AND "state" IS NULL
  AND "category" IN ($9, $10)
  AND "id" NOT IN ($11, $12)
-- 1: Text it's
-- 2: Text a\b
-- 3: Integer 1
-- 4: Float 1.5
-- 5: Decimal 2.5
-- 6: Integer 100
-- 7: Text 100%_
-- 8: Text x
-- 9: Text a
-- 10: Text b
-- 11: Integer 1
-- 12: Integer 2
