/** A link to an AWS account; trust is by a role there, so there is no secret. */
export interface AwsConnection {
  readonly connectionId: string;
  readonly name: string;
  readonly description: string;
  readonly awsAccountId: string;
  readonly awsRegion: string;
  readonly type: 'AWS';
  readonly enabled: boolean;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly version: number;
}

/** A link to a Vimeo account. Its secrets are checked and forgotten: the API never returns them. */
export interface VimeoConnection {
  readonly connectionId: string;
  readonly name: string;
  readonly description: string;
  readonly type: 'VIMEO';
  readonly enabled: boolean;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly version: number;
}
