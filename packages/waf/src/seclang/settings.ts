import type { EngineMode } from './effect.ts';

/** What the directives set. Sizes in bytes. */
export interface Settings {
  ruleEngine: EngineMode;
  requestBodyAccess: boolean;
  requestBodyBytesMax: number;
  /** Bound of what a body holds beside uploaded files. */
  requestBodyNoFilesBytesMax: number;
  /** What becomes of a request whose body is larger. */
  requestBodyLimitAction: 'Reject' | 'ProcessPartial';
  bodyDepthMax: number;
  argumentsMax: number;
  multipartPartsMax: number;
  responseBodyAccess: boolean;
  responseBodyBytesMax: number;
  responseBodyLimitAction: 'Reject' | 'ProcessPartial';
  /** Media types of responses whose bodies are read; lower-case. */
  responseMimeTypes: string[];
  argumentSeparator: string;
  webAppId: string;
  componentSignatures: string[];
}

/** Bodies are read and bounded unless the rules say otherwise. */
export function defaultSettings(): Settings {
  return {
    ruleEngine: 'On',
    requestBodyAccess: true,
    requestBodyBytesMax: 13_107_200,
    requestBodyNoFilesBytesMax: 1_048_576,
    requestBodyLimitAction: 'Reject',
    bodyDepthMax: 64,
    argumentsMax: 1000,
    multipartPartsMax: 100,
    responseBodyAccess: false,
    responseBodyBytesMax: 524_288,
    responseBodyLimitAction: 'ProcessPartial',
    responseMimeTypes: ['text/plain', 'text/html'],
    argumentSeparator: '&',
    webAppId: 'default',
    componentSignatures: [],
  };
}
