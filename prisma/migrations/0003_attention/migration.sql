-- AlterTable
ALTER TABLE "Run" ADD COLUMN "attention" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Run" ADD COLUMN "needsPerson" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Run" ADD COLUMN "watched" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Run" ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Run_needsPerson_idx" ON "Run"("needsPerson");

-- CreateIndex
CREATE INDEX "Run_designId_position_idx" ON "Run"("designId", "position");

-- The list of runs is a read model: it is folded from the log anew, with what each run waits for.
DELETE FROM "Mark" WHERE "name" = 'runs';
