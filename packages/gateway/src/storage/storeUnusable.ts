/** Thrown at opening for what waiting does not cure: not a database, no permission, a wrong password. The message says which. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}
