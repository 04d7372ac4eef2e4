-- AlterTable
ALTER TABLE "Run" ADD COLUMN "gist" TEXT NOT NULL DEFAULT '';

-- The list of runs is a read model: it is folded from the log anew, with what each run was started with, and forks from
-- when they were made.
DELETE FROM "Mark" WHERE "name" = 'runs';
