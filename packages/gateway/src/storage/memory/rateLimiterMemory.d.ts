/** The one limiter that is used: the package's front door loads the clients of every database it knows, 20 ms of them. */
declare module 'rate-limiter-flexible/lib/RateLimiterMemory.js' {
  export { RateLimiterMemory as default } from 'rate-limiter-flexible';
}
