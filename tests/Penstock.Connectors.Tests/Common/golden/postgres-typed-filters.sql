SELECT "id" AS "id"
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
WHERE "created_at" >= TIMESTAMPTZ '2024-01-01T10:00:00Z'
  AND "created_at" < '2030-01-01'
  AND "price" > (-1.5)
  AND "id" < 9223372036854775807
