/** Where the real service's behaviour is unsettled, or can be switched: one setting each. */
export interface Settings {
  /** Status of the answer for an unknown job id. */
  jobNotFoundStatus: 200 | 404;
  /** Answer `Python-urllib/*` agents with 403 and error 1010, as the service's edge does. */
  refuseUrllibAgents: boolean;
  /** Where a failed job's code and message stand in its webhook. */
  webhookFailureShape: 'data' | 'top-level';
  /** How often a webhook that did not get a 2xx is sent again. */
  webhookRetries: number;
  /** Jobs on one page of the job list. */
  jobsPageSize: number;
}

export const settingsByDefault: Readonly<Settings> = {
  jobNotFoundStatus: 404,
  refuseUrllibAgents: true,
  webhookFailureShape: 'data',
  webhookRetries: 0,
  jobsPageSize: 50,
};
