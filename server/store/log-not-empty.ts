import { WorkbenchError } from '@/core/errors'

/** A log is imported whole or not at all, and never mixed with another. */
export const logNotEmpty = (): WorkbenchError =>
  new WorkbenchError(
    'LOG_NOT_EMPTY',
    'Something has happened in this design already, and a log cannot be put before or after another. Import it as a new design.',
  )
