/** One file of undici. Its entry point would load fetch, WebSocket, the mocks and more: tens of milliseconds of start. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export = Pool;
}
