/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export const RUNTIME_PATH = '/2018-06-01/runtime';
/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
export const EXTENSION_PATH = '/2020-01-01/extension';
