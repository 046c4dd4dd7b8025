/** The two parts that are used: the package's front door loads fetch, caches, WebSocket and more, 30 ms of them. */
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici';
}
declare module 'undici/lib/core/errors.js' {
  export { errors as default } from 'undici';
}
