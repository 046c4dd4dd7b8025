import manifest from '../../package.json' with { type: 'json' };

/** The gateway's own version. */
export const version: string = manifest.version;
