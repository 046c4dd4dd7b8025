import type { DeepDecodingLimits } from '../decoding/decodeDeep.ts';
import type { Settings } from '../seclang/settings.ts';
import type { WorkAllowance } from './options.ts';
import type { Prelude } from './prelude.ts';
import type { Step } from './phaseProgram.ts';
import type { Shortcuts } from './shortcuts.ts';

/** What the transactions of one rule set share. */
export interface Plan {
  readonly settings: Readonly<Settings>;
  readonly allowance: WorkAllowance;
  /** Null: values are looked at as they are. */
  readonly deepDecoding: DeepDecodingLimits | null;
  /** The steps of the phases 1 to 5. */
  readonly programs: readonly (readonly Step[])[];
  readonly prelude: Prelude;
  /** The shortcuts of a new transaction. */
  readonly shortcuts: () => Shortcuts;
}
