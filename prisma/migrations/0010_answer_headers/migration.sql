-- AlterTable
ALTER TABLE "IdempotencyKey" ADD COLUMN "headers" TEXT;
