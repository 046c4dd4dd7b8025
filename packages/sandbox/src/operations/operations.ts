import { accountOperations } from './accountReads.ts';
import { aiStudioOperations } from './aiStudio.ts';
import { avatarOperations } from './avatars.ts';
import { awsConnectionOperations } from './awsConnections.ts';
import { brandingOperations } from './branding.ts';
import { jobOperations } from './jobs.ts';
import { mediaOperations } from './media.ts';
import { musicOperations } from './music.ts';
import type { Operation } from './operation.ts';
import { projectOperations } from './projects.ts';
import { renderOperations } from './renders.ts';
import { storyboardOperations } from './storyboards.ts';
import { templateOperations } from './templates.ts';
import { tokenOperations } from './token.ts';
import { transcriptionOperations } from './transcription.ts';
import { vimeoConnectionOperations } from './vimeoConnections.ts';
import { voiceOperations } from './voices.ts';

/** Every documented call of the API, 60 of them. */
export const operations: readonly Operation[] = [
  ...tokenOperations,
  ...storyboardOperations,
  ...renderOperations,
  ...brandingOperations,
  ...jobOperations,
  ...projectOperations,
  ...templateOperations,
  ...transcriptionOperations,
  ...mediaOperations,
  ...musicOperations,
  ...voiceOperations,
  ...avatarOperations,
  ...aiStudioOperations,
  ...accountOperations,
  ...awsConnectionOperations,
  ...vimeoConnectionOperations,
];
