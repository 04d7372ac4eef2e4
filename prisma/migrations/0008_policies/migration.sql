-- CreateTable
CREATE TABLE "Policy" (
    "designId" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "checkpoint" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "fault" TEXT NOT NULL,
    "recent" TEXT NOT NULL,

    PRIMARY KEY ("designId", "policy")
);

-- CreateIndex
CREATE INDEX "Event_correlationId_idx" ON "Event"("correlationId");

-- Designs that had policies before anything followed them: what has happened is not reacted to.
INSERT INTO "Policy" ("designId", "policy", "type", "checkpoint", "status", "fault", "recent")
SELECT d."id", p."value"->>'id', p."value"->>'on',
  max(coalesce((SELECT max("position") FROM "Event"), 0),
    coalesce((SELECT "position" FROM "Mark" WHERE "name" = 'log-head'), 0)),
  'running', 'null', '[]'
FROM "Design" d JOIN "DesignVersion" v ON v."designId" = d."id" AND v."version" = d."version",
  json_each(v."document", '$.policies') p
WHERE true
ON CONFLICT ("designId", "policy") DO NOTHING;
