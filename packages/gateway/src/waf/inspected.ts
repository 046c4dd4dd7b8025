import type { Inspection } from './inspection.ts';

/** What the web application firewall knows of a request; it accompanies the request from the first guard to the entry. */
export interface Inspected {
  readonly inspection: Inspection;
}
