SELECT "we""ird; DROP TABLE x -- 😀" AS "we""ird; DROP TABLE x -- 😀",
       count("we""ird; DROP TABLE x -- 😀") AS "n"
FROM "shop.1"."we""ird; DROP TABLE x -- 😀"
WHERE "we""ird; DROP TABLE x -- 😀" <> E'''); DROP TABLE x; -- \\'' " 😀'
  AND "we""ird; DROP TABLE x -- 😀" IS NOT NULL
GROUP BY "we""ird; DROP TABLE x -- 😀"
