/** The user's app or adapter could not be started. The message says why and what to do. */
export class StartError extends Error {}
