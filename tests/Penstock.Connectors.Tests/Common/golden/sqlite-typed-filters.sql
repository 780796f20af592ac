SELECT "id" AS "id"
FROM "we""ird; DROP TABLE x -- 😀"
WHERE julianday("created_at", 'auto') >= julianday(?1)
  AND julianday("created_at", 'auto') < julianday(?2)
  AND "price" > ?3
  AND "id" < ?4
-- 1: Timestamp 2024-01-01T10:00:00Z
-- 2: Date 2030-01-01
-- 3: Decimal -1.5
-- 4: Integer 9223372036854775807
