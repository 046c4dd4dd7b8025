import type { RulesetOptions } from '../src/index.ts';

/** The set-up that the CRS project's tests presume. */
export const regressionOptions: RulesetOptions = {
  mode: 'DetectionOnly',
  paranoiaLevel: 4,
  responseBodyAccess: true,
  responseMimeTypes: ['text/plain', 'text/html', 'text/xml', 'application/json'],
  variables: {
    crs_validate_utf8_encoding: '1',
    arg_name_length: '100',
    arg_length: '400',
    total_arg_length: '64000',
    max_num_args: '255',
    max_file_size: '64100',
    combined_file_sizes: '65535',
  },
};
