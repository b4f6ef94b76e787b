/** Single files of undici. Its entry point would load fetch, WebSocket, the mocks and more: tens of milliseconds of start. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export = Pool;
}

/** Keys of its objects' inner state. */
declare module 'undici/lib/core/symbols.js' {
  export const kSocket: symbol;
  export const kParser: symbol;
}
