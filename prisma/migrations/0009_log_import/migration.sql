-- CreateTable
CREATE TABLE "LogImport" (
    "designId" TEXT NOT NULL PRIMARY KEY,
    "lastPosition" INTEGER NOT NULL,
    "events" INTEGER NOT NULL,
    "importedAt" BIGINT NOT NULL
);
