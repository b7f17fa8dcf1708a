/** An error whose message says it all, such as a program that is not installed. */
export class ExpectedError extends Error {}

/** From here on, an error of that kind, or of the command line, ends this process with its message alone; any other with its stack too. */
export function reportPlainly() {
  process.on('uncaughtException', (error) => {
    console.error(isExpected(error) ? error.message : error);
    process.exit(1);
  });
}

/** @param {Error} error */
function isExpected(error) {
  return error instanceof ExpectedError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'));
}
