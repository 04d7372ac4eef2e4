-- `position` is not AUTOINCREMENT: the writer assigns it, so that a commit that fails burns none.
-- CreateTable
CREATE TABLE "Event" (
    "position" INTEGER NOT NULL PRIMARY KEY,
    "designId" TEXT NOT NULL,
    "streamId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "correlationId" TEXT NOT NULL,
    "causationId" TEXT NOT NULL,
    "userId" TEXT,
    "schemaVersion" INTEGER NOT NULL,
    "recordedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Mark" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "position" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Design" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "DesignVersion" (
    "designId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,

    PRIMARY KEY ("designId", "version")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "designId" TEXT NOT NULL,
    "designVersion" INTEGER NOT NULL,
    "saga" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "startedAt" BIGINT NOT NULL,
    "endedAt" BIGINT,
    "error" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Projection" (
    "designId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "definitionHash" TEXT NOT NULL,
    "checkpoint" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "fault" TEXT NOT NULL,
    "delayMs" INTEGER NOT NULL,

    PRIMARY KEY ("designId", "name")
);

-- CreateTable
CREATE TABLE "ProjectionRow" (
    "designId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "row" TEXT NOT NULL,

    PRIMARY KEY ("designId", "name", "generation", "key")
);

-- CreateTable
CREATE TABLE "Snapshot" (
    "designId" TEXT NOT NULL,
    "streamId" TEXT NOT NULL,
    "definitionHash" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,

    PRIMARY KEY ("designId", "streamId", "definitionHash", "version")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "requestHash" TEXT NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "createdAt" BIGINT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Event_messageId_key" ON "Event"("messageId");

-- CreateIndex
CREATE INDEX "Event_designId_position_idx" ON "Event"("designId", "position");

-- CreateIndex
CREATE INDEX "Event_designId_type_position_idx" ON "Event"("designId", "type", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Event_designId_streamId_version_key" ON "Event"("designId", "streamId", "version");

-- CreateIndex
CREATE INDEX "Design_updatedAt_id_idx" ON "Design"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Run_startedAt_id_idx" ON "Run"("startedAt", "id");

-- CreateIndex
CREATE INDEX "Run_designId_startedAt_id_idx" ON "Run"("designId", "startedAt", "id");

-- CreateIndex
CREATE INDEX "Run_status_idx" ON "Run"("status");

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");
