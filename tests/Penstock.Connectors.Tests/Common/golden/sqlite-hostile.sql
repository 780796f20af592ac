SELECT "we""ird; DROP TABLE x -- 😀" AS "we""ird; DROP TABLE x -- 😀",
       count("we""ird; DROP TABLE x -- 😀") AS "n"
FROM "we""ird; DROP TABLE x -- 😀"
WHERE "we""ird; DROP TABLE x -- 😀" <> ?1
  AND "we""ird; DROP TABLE x -- 😀" IS NOT NULL
GROUP BY "we""ird; DROP TABLE x -- 😀"
-- 1: Text '); DROP TABLE x; -- \' " 😀
