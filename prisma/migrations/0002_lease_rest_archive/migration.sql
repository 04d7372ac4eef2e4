-- CreateTable
CREATE TABLE "RunRest" (
    "runId" TEXT NOT NULL PRIMARY KEY,
    "designId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "wakeAt" BIGINT
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "token" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "bootId" TEXT NOT NULL,
    "pidSpace" TEXT NOT NULL,
    "processStart" TEXT NOT NULL,
    "acquiredAt" BIGINT NOT NULL,
    "renewals" INTEGER NOT NULL,
    "renewedAt" BIGINT NOT NULL,
    "ttlMs" INTEGER NOT NULL
);

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "archived" INTEGER NOT NULL DEFAULT 0;

-- DropIndex
DROP INDEX "Run_startedAt_id_idx";

-- DropIndex
DROP INDEX "Run_designId_startedAt_id_idx";

-- CreateIndex
CREATE INDEX "Run_archived_startedAt_id_idx" ON "Run"("archived", "startedAt", "id");

-- CreateIndex
CREATE INDEX "Run_designId_archived_startedAt_id_idx" ON "Run"("designId", "archived", "startedAt", "id");
