import { jobOperations } from './jobs.ts';
import type { Operation } from './operation.ts';
import { renderOperations } from './renders.ts';
import { storyboardOperations } from './storyboards.ts';
import { tokenOperations } from './token.ts';

/** Every documented call of the API. */
export const operations: readonly Operation[] = [
  ...tokenOperations,
  ...storyboardOperations,
  ...renderOperations,
  ...jobOperations,
];
